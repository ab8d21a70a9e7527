// The shot that is looked at: everything about it can be changed, and each part locked.
import { useEffect, useState } from "preact/hooks";
import type { Cue, Kind, Shot, Storyline } from "./api";
import { t, term, type Word } from "./dictionary";
import { addCue, changeCue, changeShot, duplicate, insert, isLocked, length, lockPart, merge, remove, SHORTEST, split, swap, timed } from "./edits";
import { Icon } from "./icons";
import type { ShotState } from "./states";
import { stateWord } from "./timeline";
import { CUES, FRAMINGS } from "./vocabulary";
import { Why } from "./why";

const STRENGTHS: [Word, number][] = [["slight", 0.333], ["normal", 0.667], ["strong", 1]];
export const framing = (name: string): string => (name ? t((name === "wide" ? "wide shot" : name) as Word) : t("asis"));
const seconds = (value: number) => value.toFixed(2).replace(/0$/, "");

interface Given { id: string; story: Storyline; at: number; state: ShotState; clock: number; edit: (story: Storyline) => void; choose: (at: number) => void; saved: () => Promise<unknown> }

/** What is done with whole shots. */
export function ShotTools({ story, at, clock, edit, choose }: Given) {
  const last = story.shots.length - 1, { span } = story.shots[at]!;
  const wanted = clock > span[0] && clock < span[1] ? clock : (span[0] + span[1]) / 2, here = Math.min(Math.max(wanted, span[0] + SHORTEST), span[1] - SHORTEST);
  const short = span[1] - span[0] < 2 * SHORTEST, to = (next: Storyline, place: number) => { edit(next); choose(Math.min(place, next.shots.length - 1)); };
  return (
    <div class="row shottools" role="toolbar" aria-label={t("shots")}>
      <button onClick={() => to(split(story, here), at + 1)} disabled={short}>{t("splitShot")}</button>
      <button onClick={() => to(merge(story, at), at)} disabled={at >= last}>{t("mergeShot")}</button>
      <button onClick={() => to(insert(story, here), at + 1)} disabled={short}>{t("insertShot")}</button>
      <button onClick={() => to(duplicate(story, at), at + 1)} disabled={short}>{t("copyShot")}</button>
      <button onClick={() => to(swap(story, at - 1), at - 1)} disabled={at < 1}>← {t("earlier")}</button>
      <button onClick={() => to(swap(story, at), at + 1)} disabled={at >= last}>{t("later")} →</button>
      <button onClick={() => to(remove(story, at), at - 1 < 0 ? 0 : at - 1)} disabled={!last}>{t("deleteShot")}</button>
    </div>
  );
}

function Lock({ shot, part, name, edit }: { shot: Shot; part: string; name: string; edit: (shot: Shot) => void }) {
  const held = isLocked(shot, part);
  return <button type="button" class="padlock quiet" aria-pressed={held} aria-label={`${t("lockField")}: ${name}`} title={t("lockField")} onClick={() => edit(lockPart(shot, part))}><Icon name={held ? "lock" : "open"} /></button>;
}

export function ShotCard({ id, story, at, state, edit, saved }: Given) {
  const shot = story.shots[at]!, held = shot.locked === true, cues = shot.direction.cues;
  const set = (change: Partial<Shot>) => edit(changeShot(story, at, change));
  const direct = (change: Partial<Shot["direction"]>) => set({ direction: { ...shot.direction, ...change } });
  const focus = (name: string) => set({ focus: shot.focus.includes(name) ? shot.focus.filter((one) => one !== name) : shot.cast.filter((one) => one === name || shot.focus.includes(one)) });
  const lock = (part: string, name: string) => <Lock shot={shot} part={part} name={name} edit={set} />;
  return (
    <article class={`card shot ${held ? "held" : ""}`} aria-label={`${t("shot")} ${at + 1}`}>
      <header>
        <h3><span>{at + 1}</span>{seconds(shot.span[0])}–{seconds(shot.span[1])} s <small class={`state-${state}`}>{t(stateWord(state))}</small></h3>
        <button class="lock" aria-pressed={held} onClick={() => set({ locked: !held })}><Icon name={held ? "lock" : "open"} />{t(held ? "locked" : "lock")}</button>
      </header>
      {shot.segments.some((one) => one.text) && <p class="heard">{shot.segments.filter((one) => one.text).map((one, index) => <span key={index}><b>{one.who}</b> {one.text} </span>)}</p>}
      <div class="sides"><div>
      <div class="fields">
        <div class="field"><label>{t("framing")}<select value={shot.framing} onChange={(event) => set({ framing: event.currentTarget.value })}>
          {["", ...FRAMINGS].map((one) => <option key={one} value={one}>{framing(one)}</option>)}</select></label>{lock("framing", t("framing"))}</div>
        <fieldset><legend>{t("who")}</legend>
          <button class="chip" aria-pressed={!shot.focus.length} onClick={() => set({ focus: [] })}>{t("everybody")}</button>
          {shot.cast.length > 1 && shot.cast.map((name) => <button class="chip" key={name} aria-pressed={shot.focus.includes(name)} onClick={() => focus(name)}>{name}</button>)}
        </fieldset>
      </div>
      <div class="field"><Text name={t("look")} value={shot.direction.words} change={(words) => direct({ words })} />{lock("words", t("look"))}</div>
      <div class="field"><Text name={t("avoid")} value={shot.direction.avoid} change={(avoid) => direct({ avoid })} />{lock("avoid", t("avoid"))}</div>
      </div><div>
      {(["emotion", "action", "camera"] as Kind[]).map((kind) => (
        <section class="kind" key={kind} aria-label={t(kind)}>
          <h4>{t(kind)}{lock(kind, t(kind))}<button class="quiet add" aria-label={`${t("add")} ${t(kind)}`} onClick={() => edit(addCue(story, added(kind, shot)))}><Icon name="plus" /></button></h4>
          <ul class="cues">{cues.filter((cue) => cue.kind === kind).map((cue, index) => (
            <CueRow key={index} cue={cue} cast={shot.cast} whole={length(story)} edit={(next) => edit(changeCue(story, cue, next))} />))}</ul>
        </section>))}
      </div></div>
      {shot.why.length > 0 && <Why id={id} shot={shot} saved={saved} />}
    </article>
  );
}

function Text({ name, value, change }: { name: string; value: string; change: (text: string) => void }) {
  const [now, type] = useState(value);
  useEffect(() => type(value), [value]);
  return <label>{name}<textarea rows={Math.min(7, now.split("\n").reduce((all, part) => all + 1 + Math.floor(part.length / 48), 0))} value={now} onInput={(event) => type(event.currentTarget.value)} onChange={() => now !== value && change(now)} /></label>;
}

function added(kind: Kind, shot: Shot): Cue {
  const [start, end] = shot.span;
  const who = kind === "camera" ? null : (shot.focus[0] ?? shot.cast[0] ?? null);
  const span: [number, number] = kind === "action" ? [start, Math.min(end, start + 1.6)] : [start, end];
  const what = kind === "emotion" ? "excitement" : kind === "action" ? "nod" : "push in";
  return { kind, what, span, who, intensity: 0.667, rise: kind === "emotion" ? 0.3 : 0.6, fall: kind === "emotion" ? 0.3 : 0.8, at: null, to: null };
}

function CueRow({ cue, cast, whole, edit }: { cue: Cue; cast: string[]; whole: number; edit: (cue: Cue | null) => void }) {
  const time = (index: 0 | 1) => (event: { currentTarget: HTMLInputElement }) => {
    const value = Number(event.currentTarget.value);
    edit(timed(cue, index === 0 ? [Math.min(value, cue.span[1] - 0.1), cue.span[1]] : [cue.span[0], Math.max(value, cue.span[0] + 0.1)], whole));
  };
  return (
    <li class={cue.kind}>
      <select aria-label={t(cue.kind)} value={cue.what} onChange={(event) => edit({ ...cue, what: event.currentTarget.value })}>
        {CUES[cue.kind].map((one) => <option key={one} value={one}>{term(one)}</option>)}</select>
      {cue.kind !== "camera" && <select aria-label={t("who")} value={cue.who ?? ""} onChange={(event) => edit({ ...cue, who: event.currentTarget.value || null })}>
        <option value="">{t("everybody")}</option>{cast.map((name) => <option key={name}>{name}</option>)}</select>}
      {cue.at && <span class="tag" title={t("hang")}>“{cue.at.text}”</span>}
      <span class="times"><input type="number" step="0.1" aria-label={t("from")} value={seconds(cue.span[0])} onChange={time(0)} />–<input type="number" step="0.1" aria-label={t("to")} value={seconds(cue.span[1])} onChange={time(1)} /> s</span>
      <span class="strength" role="group" aria-label={t("strength")}>{STRENGTHS.map(([name, value]) => (
        <button key={name} aria-pressed={Math.abs(cue.intensity - value) < 0.17} onClick={() => edit({ ...cue, intensity: value })}>{t(name)}</button>))}</span>
      <button class="quiet icon" aria-label={`${t("remove")} ${term(cue.what)}`} onClick={() => edit(null)}><Icon name="cross" /></button>
    </li>
  );
}
