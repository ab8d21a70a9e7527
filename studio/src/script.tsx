// The script: lines that are typed and put into order, and words on which an action, a feeling, a move of the camera or a pause hangs.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Cue, Kind, Line, Storyline } from "./api";
import { t, term } from "./dictionary";
import { addCue, changeCue, cuesOf, length, shotAt } from "./edits";
import { Icon } from "./icons";
import { CUES } from "./vocabulary";
import { paused, tokens, type Token, type Voice } from "./words";

/** A line of a script that is sent to the service; `line` is the one that it was. */
export interface NewLine { who: string; text: string; line?: number; speak?: boolean }
interface Given {
  story: Storyline; voices: Voice[]; busy: boolean; clock: number;
  edit: (story: Storyline) => void; rewrite: (lines: NewLine[]) => void; seek: (at: number, until?: number) => void;
}
interface Marked { line: number; word: number }

export const colour = (story: Storyline, who: string | null): string => `who${story.cast.findIndex((one) => one.name === who) % 4}`;
const asWritten = (story: Storyline): NewLine[] => story.lines.map((line, at) => ({ who: line.who, text: line.text, line: at }));

export function ScriptLines(given: Given) {
  const { story, voices, busy, rewrite } = given;
  const [dragged, drag] = useState<number | null>(null), [over, hover] = useState<number | null>(null), [fresh, add] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null), follow = useRef<number | null>(null);
  const order = (from: number, to: number) => {
    if (to < 0 || to >= story.lines.length || to === from) return;
    const lines = asWritten(story), [one] = lines.splice(from, 1);
    lines.splice(to, 0, one!);
    follow.current = to;
    rewrite(lines);
  };
  useEffect(() => {
    if (follow.current === null) return;
    list.current?.querySelectorAll<HTMLElement>(".grip")[follow.current]?.focus();
    follow.current = null;
  }, [story.lines]);
  return (
    <>
      <ol class="lines" ref={list} aria-busy={busy}>
        {story.lines.map((line, at) => (
          <li key={`${at} ${line.sound}`} class={`${colour(story, line.who)} ${over === at && dragged !== null && dragged !== at ? (dragged < at ? "below" : "above") : ""} ${dragged === at ? "dragged" : ""}`}
            onDragOver={(event) => { if (dragged !== null) { event.preventDefault(); hover(at); } }}
            onDrop={(event) => { event.preventDefault(); if (dragged !== null) order(dragged, at); drag(null); hover(null); }}>
            <button class="grip quiet" draggable aria-label={`${t("moveLine")} ${at + 1}: ${t("upDown")}`} title={t("dragLine")}
              onDragStart={(event) => { drag(at); event.dataTransfer!.effectAllowed = "move"; event.dataTransfer!.setData("text/plain", String(at)); }}
              onDragEnd={() => { drag(null); hover(null); }}
              onKeyDown={(event) => { if (/^Arrow(Up|Down)$/.test(event.key)) { event.preventDefault(); order(at, at + (event.key === "ArrowUp" ? -1 : 1)); } }}><Icon name="grip" /></button>
            <OneLine {...given} at={at} line={line} voice={voices[at]} />
          </li>
        ))}
        {fresh !== null && <li class={colour(story, fresh)}><span class="grip" aria-hidden="true" /><div class="oneline">
          <Speaker story={story} who={fresh} change={add} />
          <Typing text="" label={t("addLine")} done={(text) => { add(null); if (text.trim()) rewrite([...asWritten(story), { who: fresh, text }]); }} />
        </div></li>}
      </ol>
      <p class="row"><button class="quiet add" disabled={busy} onClick={() => add(story.lines.at(-1)?.who ?? story.cast[0]!.name)}>+ {t("addLine")}</button>
        <span role="status" class="hint">{busy ? <><span class="spin" aria-hidden="true" /> {t("speaking")}</> : ""}</span></p>
    </>
  );
}

function Speaker({ story, who, change }: { story: Storyline; who: string; change: (who: string) => void }) {
  return (
    <select class="speaker" aria-label={t("speaker")} value={who} onChange={(event) => change(event.currentTarget.value)}>
      {story.cast.map((one) => <option key={one.name}>{one.name}</option>)}
    </select>
  );
}

/** A text while it is typed: Enter or leaving it keeps it, Escape does not. */
function Typing({ text, label, done }: { text: string; label: string; done: (text: string) => void }) {
  const [now, type] = useState(text), over = useRef(false), box = useRef<HTMLTextAreaElement>(null);
  const end = (kept: string) => { if (!over.current) { over.current = true; done(kept); } };
  useEffect(() => { box.current!.focus(); box.current!.setSelectionRange(text.length, text.length); }, []);
  return (
    <textarea ref={box} class="typing" rows={Math.max(1, Math.ceil(now.length / 44))} value={now} aria-label={label} onInput={(event) => type(event.currentTarget.value)} onBlur={() => end(now)}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); end(now); }
        if (event.key === "Escape") end(text);
      }} />
  );
}

function OneLine({ story, voices: _, busy, clock, edit, rewrite, seek, at, line, voice }: Given & { at: number; line: Line; voice: Voice | undefined }) {
  const [typing, type] = useState(false), [marked, mark] = useState<Marked | null>(null), [reached, reach] = useState(0), words = useRef<HTMLDivElement>(null);
  const found = tokens(line, voice), hung = cuesOf(story).filter((cue) => cue.at?.line === at);
  const change = (next: Partial<NewLine> | null) => rewrite(asWritten(story).flatMap((one) => (one.line !== at ? [one] : next ? [{ ...one, ...next }] : [])));
  const kept = (text: string) => { type(false); if (text.trim() !== line.text.trim() && text.trim()) change({ text: text.trim() }); };
  const close = () => { mark(null); words.current?.querySelector<HTMLElement>(`[data-word="${marked?.word}"]`)?.focus({ preventScroll: true }); };
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0, to = reached + by;
    if (event.key === "F2") { event.preventDefault(); type(true); }
    if (!by || to < 0 || to >= found.length) return;
    event.preventDefault();
    reach(to);
    words.current?.querySelector<HTMLElement>(`[data-word="${to}"]`)?.focus();
  };
  const recorded = voice && !voice.spoken;
  return (
    <div class="oneline">
      <div class="linehead">
        <Speaker story={story} who={line.who} change={(who) => change({ who })} />
        {recorded && <span class="tag">{t("recorded")}</span>}
        <span class="tools">
          <button class="quiet icon" aria-label={`${t("playLine")} ${at + 1}`} title={t("playLine")} onClick={() => seek(line.start, line.start + (voice?.seconds ?? 2))}><Icon name="play" /></button>
          <button class="quiet icon" aria-label={`${t("editLine")}: ${at + 1}`} title={t("editLine")} disabled={busy} onClick={() => type(true)}><Icon name="pencil" /></button>
          {recorded && line.text && <button class="quiet icon" aria-label={t("speakIt")} title={t("speakIt")} disabled={busy} onClick={() => change({ speak: true })}><Icon name="note" /></button>}
          <button class="quiet icon" aria-label={`${t("removeLine")} ${at + 1}`} title={t("removeLine")} disabled={busy || story.lines.length < 2} onClick={() => change(null)}><Icon name="cross" /></button>
        </span>
      </div>
      {typing ? <Typing text={line.text} label={`${t("lineText")} ${at + 1}`} done={kept} />
        : found.length ? (
          <div class="said" ref={words} onKeyDown={step} onDblClick={() => type(true)}>
            {found.map((token, word) => {
              const here = hung.filter((cue) => cue.at!.word === word), now = token.start !== null && clock >= line.start + token.start && clock < line.start + (token.end ?? 0);
              return (
                <>{token.spaced && " "}{token.pause > 0 && <span class="rest" title={t("pauseBefore")}><Icon name="pause" />{token.pause} s </span>}
                  <button data-word={word} tabIndex={word === Math.min(reached, found.length - 1) ? 0 : -1} class={`word ${now ? "now" : ""} ${here.map((cue) => cue.kind).join(" ")}`} aria-haspopup="dialog"
                    aria-expanded={marked?.word === word} title={here.map((cue) => term(cue.what)).join(", ") || undefined}
                    onClick={() => { reach(word); mark({ line: at, word }); }}>{token.text}{here.length > 0 && <span class="hung">{here.map((cue) => term(cue.what)).join(" · ")}</span>}</button></>
              );
            })}
          </div>
        ) : <button class="quiet writewhat" onClick={() => type(true)}>{t("writeWhat")}</button>}
      {marked && found[marked.word] && <Hanging story={story} line={line} at={at} word={marked.word} token={found[marked.word]!} speaks={!recorded} edit={edit}
        pause={(seconds) => { mark(null); change({ text: paused(line.text, marked.word, seconds) }); }} close={close} />}
    </div>
  );
}

interface HangingGiven {
  story: Storyline; line: Line; at: number; word: number; token: Token; speaks: boolean;
  edit: (story: Storyline) => void; pause: (seconds: number) => void; close: () => void;
}

const LASTS = 1.4;

/** What can be hung on a word, and what hangs there. */
function Hanging({ story, line, at, word, token, speaks, edit, pause, close }: HangingGiven) {
  const box = useRef<HTMLDivElement>(null), [kind, show] = useState<Kind>("action");
  const here = cuesOf(story).filter((cue) => cue.at?.line === at && cue.at.word === word);
  const said = line.start + (token.start ?? 0), shot = story.shots[shotAt(story, said)]!;
  useEffect(() => {
    box.current!.querySelector<HTMLElement>("button")!.focus();
    const outside = (event: MouseEvent) => { if (!box.current?.contains(event.target as Node)) close(); };
    setTimeout(() => addEventListener("mousedown", outside));
    return () => removeEventListener("mousedown", outside);
  }, []);
  const hang = (what: string) => {
    const until = kind === "action" ? Math.min(said + LASTS, length(story)) : Math.max(shot.span[1], Math.min(said + 0.5, length(story)));
    const cue: Cue = {
      kind, what, span: [said, until], who: kind === "camera" ? null : line.who, intensity: 0.667, rise: kind === "emotion" ? 0.3 : 0.6, fall: kind === "emotion" ? 0.3 : 0.8,
      at: { line: at, word, text: token.text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""), said }, to: null,
    };
    edit(addCue(story, cue));
    close();
  };
  return (
    <div class="hanging card" role="dialog" aria-label={`${t("hang")}: ${token.text}`} ref={box} onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } }}>
      <p class="row head"><b>“{token.text}”</b>
        {(["action", "emotion", "camera"] as Kind[]).map((one) => <button key={one} class="chip" aria-pressed={kind === one} onClick={() => show(one)}>{t(one)}</button>)}
        <button class="quiet icon" aria-label={t("closeMenu")} onClick={close}><Icon name="cross" /></button></p>
      <p class="row choose">{CUES[kind].map((what) => <button class="chip" key={what} onClick={() => hang(what)}>{term(what)}</button>)}</p>
      {speaks && word > 0 && <p class="row"><span class="hint">{t("pauseBefore")}</span>{[0.3, 0.6, 1].map((seconds) => <button class="chip" key={seconds} aria-pressed={token.pause === seconds} onClick={() => pause(seconds)}>{seconds} s</button>)}
        {token.pause > 0 && <button class="chip" onClick={() => pause(0)}>{t("noPause")}</button>}</p>}
      {here.length > 0 && <p class="row">{here.map((cue) => (
        <button class={`chip on ${cue.kind}`} key={cue.what} aria-label={`${t("remove")} ${term(cue.what)}`} onClick={() => { edit(changeCue(story, cue, null)); close(); }}>{term(cue.what)} ×</button>))}</p>}
    </div>
  );
}
