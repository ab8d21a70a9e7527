// One shot of the plan, as a card in which everything can be changed.
import { useEffect, useState } from "preact/hooks";
import type { Cue, Kind, Shot } from "./api";
import { t, term, type Word } from "./dictionary";
import { CUES, FRAMINGS } from "./vocabulary";

const STRENGTHS: [Word, number][] = [["slight", 0.333], ["normal", 0.667], ["strong", 1]];
const framing = (name: string): string => (name ? t((name === "wide" ? "wide shot" : name) as Word) : t("asis"));
const seconds = (value: number) => value.toFixed(2).replace(/0$/, "");

export function ShotCard({ number, shot, edit }: { number: number; shot: Shot; edit: (shot: Shot) => void }) {
  const held = shot.locked === true, [words, write] = useState(shot.direction.words);
  useEffect(() => write(shot.direction.words), [shot.direction.words]);
  const direct = (change: Partial<Shot["direction"]>) => edit({ ...shot, direction: { ...shot.direction, ...change } });
  const cues = shot.direction.cues;
  const focus = (name: string) => edit({ ...shot, focus: shot.focus.includes(name) ? shot.focus.filter((one) => one !== name) : [...shot.focus, name] });
  return (
    <article class={`card shot ${held ? "held" : ""}`} aria-label={`${t("shot")} ${number}`}>
      <header>
        <h3><span>{number}</span>{seconds(shot.span[0])}–{seconds(shot.span[1])} s</h3>
        <button class="lock" aria-pressed={held} onClick={() => edit({ ...shot, locked: !held })}>{held ? `● ${t("locked")}` : `○ ${t("lock")}`}</button>
      </header>
      <div class="fields">
        <label>{t("framing")}<select value={shot.framing} onChange={(event) => edit({ ...shot, framing: event.currentTarget.value })}>
          {["", ...FRAMINGS].map((one) => <option key={one} value={one}>{framing(one)}</option>)}</select></label>
        <fieldset><legend>{t("who")}</legend>
          <button class="chip" aria-pressed={!shot.focus.length} onClick={() => edit({ ...shot, focus: [] })}>{t("everybody")}</button>
          {shot.cast.length > 1 && shot.cast.map((name) => <button class="chip" key={name} aria-pressed={shot.focus.includes(name)} onClick={() => focus(name)}>{name}</button>)}
        </fieldset>
      </div>
      {shot.segments.some((one) => one.text) && <p class="said">{shot.segments.filter((one) => one.text).map((one, index) => <span key={index}><b>{one.who}</b> {one.text} </span>)}</p>}
      <h4>{t("cues")}</h4>
      <ul class="cues">{cues.map((cue, index) => (
        <CueRow key={index} cue={cue} cast={shot.cast} span={shot.span} edit={(next) => direct({ cues: next ? cues.map((one, place) => (place === index ? next : one)) : cues.filter((_, place) => place !== index) })} />))}
      </ul>
      <p class="row add">{t("add")}{(["emotion", "action", "camera"] as Kind[]).map((kind) => (
        <button class="chip" key={kind} onClick={() => direct({ cues: [...cues, added(kind, shot)] })}>+ {t(kind)}</button>))}</p>
      <label>{t("look")}<textarea rows={Math.min(6, words.split("\n").length + 1)} value={words} onInput={(event) => write(event.currentTarget.value)}
        onChange={() => words !== shot.direction.words && direct({ words })} /></label>
      <details><summary>{t("why")}</summary><ul class="why">{shot.why.map((one, index) => (
        <li key={index}><b>{one.expert}</b> {one.claim} <small>{one.evidence} ({Math.round(one.confidence * 100)} %)</small></li>))}</ul></details>
    </article>
  );
}

function added(kind: Kind, shot: Shot): Cue {
  const [start, end] = shot.span;
  const who = kind === "camera" ? null : (shot.focus[0] ?? shot.cast[0] ?? null);
  const span: [number, number] = kind === "action" ? [start, Math.min(end, start + 1.6)] : [start, end];
  const what = kind === "emotion" ? "excitement" : kind === "action" ? "nod" : "push in";
  return { kind, what, span, who, intensity: 0.667, rise: kind === "emotion" ? 0.3 : 0.6, fall: kind === "emotion" ? 0.3 : 0.8, at: null, to: null };
}

function CueRow({ cue, cast, span, edit }: { cue: Cue; cast: string[]; span: [number, number]; edit: (cue: Cue | null) => void }) {
  const time = (index: 0 | 1) => (event: { currentTarget: HTMLInputElement }) => {
    const value = Math.min(span[1], Math.max(span[0], Number(event.currentTarget.value)));
    const next: [number, number] = index === 0 ? [Math.min(value, cue.span[1] - 0.1), cue.span[1]] : [cue.span[0], Math.max(value, cue.span[0] + 0.1)];
    edit({ ...cue, span: next, at: null });
  };
  return (
    <li class={cue.kind}>
      <select aria-label={t(cue.kind)} value={cue.what} onChange={(event) => edit({ ...cue, what: event.currentTarget.value })}>
        {CUES[cue.kind].map((one) => <option key={one} value={one}>{term(one)}</option>)}</select>
      {cue.kind !== "camera" && <select aria-label={t("who")} value={cue.who ?? ""} onChange={(event) => edit({ ...cue, who: event.currentTarget.value || null })}>
        <option value="">{t("everybody")}</option>{cast.map((name) => <option key={name}>{name}</option>)}</select>}
      <span class="times"><input type="number" step="0.1" aria-label={t("from")} value={seconds(cue.span[0])} onChange={time(0)} />–<input type="number" step="0.1" aria-label={t("to")} value={seconds(cue.span[1])} onChange={time(1)} /> s</span>
      <span class="strength" role="group" aria-label={t("strength")}>{STRENGTHS.map(([name, value]) => (
        <button key={name} aria-pressed={Math.abs(cue.intensity - value) < 0.17} onClick={() => edit({ ...cue, intensity: value })}>{t(name)}</button>))}</span>
      <button class="quiet icon" aria-label={`${t("remove")} ${term(cue.what)}`} onClick={() => edit(null)}>×</button>
    </li>
  );
}
