// The film on its clock: shots, voices, feelings, actions and camera. Everything in it is dragged, or moved with the keyboard.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Cue, Span, Storyline } from "./api";
import { t, term } from "./dictionary";
import { changeCue, cuesOf, length, moveCut, timed } from "./edits";
import { Icon } from "./icons";
import { colour } from "./script";
import type { ShotState } from "./states";
import type { Voice } from "./words";

interface Given {
  story: Storyline; voices: Voice[]; states: ShotState[]; pictures: string[]; clock: number; chosen: number;
  edit: (story: Storyline) => void; seek: (at: number) => void; choose: (shot: number) => void;
}
const STEP = 0.1, EDGE = 7, LEAST = 12;
const told = (cue: Cue) => `${cue.who ? `${cue.who}: ` : ""}${term(cue.what)}`;
const times = (span: Span) => `${span[0].toFixed(1)}–${span[1].toFixed(1)} s`;

/** Cues in as few rows as their overlaps allow. */
function packed(cues: Cue[]): Cue[][] {
  const rows: Cue[][] = [];
  for (const cue of cues) {
    const row = rows.find((one) => one.at(-1)!.span[1] <= cue.span[0] + 0.001);
    if (row) row.push(cue); else rows.push([cue]);
  }
  return rows;
}

export function Timeline(given: Given) {
  const { story, clock, seek } = given, whole = length(story);
  const [wide, fit] = useState(600), [zoom, scale] = useState(1), frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => fit(Math.max(240, entry!.contentRect.width)));
    watch.observe(frame.current!);
    return () => watch.disconnect();
  }, []);
  const names = wide < 560 ? 66 : 92, pixels = Math.max(LEAST, ((wide - names - 8) / whole) * zoom), width = pixels * whole;
  const step = [0.5, 1, 2, 5, 10, 30, 60, 300].find((one) => one * pixels > 48) ?? 600;
  const ticks = Array.from({ length: Math.floor(whole / step) + 1 }, (_, index) => index * step).filter((at) => (whole - at) * pixels > 20);
  const cues = cuesOf(story), of = (kind: string, who?: string) => cues.filter((cue) => cue.kind === kind && (who === undefined || cue.who === who || cue.who === null));
  const style = { width: `${width}px` }, lane = { gridTemplateColumns: `${names}px ${width}px` };
  const to = (event: MouseEvent & { currentTarget: HTMLElement }) => seek(Math.max(0, (event.clientX - event.currentTarget.getBoundingClientRect().left) / pixels));
  return (
    <section class="card timeline" aria-label={t("timeline")}>
      <div class="row zoom"><h2>{t("timeline")}</h2><small class="hint">{t("timelineHelp")}</small>
        <button class="quiet icon" aria-label={t("zoomOut")} disabled={zoom <= 1} onClick={() => scale(Math.max(1, zoom / 1.5))}><Icon name="minus" /></button>
        <button class="quiet icon" aria-label={t("zoomIn")} onClick={() => scale(Math.min(12, zoom * 1.5))}><Icon name="plus" /></button></div>
      <div class="lanes" ref={frame} tabIndex={0} role="group" aria-label={t("timeline")}>
        <div class="lane ruler" style={lane}><span /><div onClick={to}>{ticks.map((at) => <i key={at} style={{ left: `${at * pixels}px` }}>{at}s</i>)}
          <b class="playhead" style={{ left: `${Math.min(clock, whole) * pixels}px` }} aria-hidden="true" /></div></div>
        <ShotLane {...given} pixels={pixels} lane={lane} />
        {story.cast.map((who) => <VoiceLane {...given} key={who.name} who={who.name} pixels={pixels} lane={lane} />)}
        {story.cast.filter((who) => of("emotion", who.name).length).map((who) => (
          <div class={`lane curve ${colour(story, who.name)}`} style={lane} key={who.name}><span>{t("emotion")}<small>{who.name}</small></span><div style={style}>
            {of("emotion", who.name).map((cue, at) => <Block {...given} key={at} cue={cue} pixels={pixels} />)}</div></div>))}
        {(["action", "camera"] as const).filter((kind) => of(kind).length).map((kind) => (
          <div class="lane" style={lane} key={kind}><span>{t(kind)}</span><div class="stack" style={style}>
            {packed(of(kind)).map((row, place) => <div key={place}>{row.map((cue, at) => <Block {...given} key={at} cue={cue} pixels={pixels} />)}</div>)}</div></div>))}
      </div>
    </section>
  );
}

interface LaneGiven extends Given { pixels: number; lane: { gridTemplateColumns: string } }

function ShotLane({ story, states, pictures, chosen, choose, seek, edit, pixels, lane }: LaneGiven) {
  const width = { width: `${length(story) * pixels}px` };
  return (
    <div class="lane shotlane" style={lane}><span>{t("shots")}</span><div style={width}>
      {story.shots.map((shot, at) => (
        <button class={`shotspan ${states[at]}`} key={shot.id || at} aria-pressed={chosen === at} style={{ left: `${shot.span[0] * pixels}px`, width: `${(shot.span[1] - shot.span[0]) * pixels - 2}px` }}
          aria-label={`${t("shot")} ${at + 1}, ${times(shot.span)}, ${t(stateWord(states[at]))}`} title={`${times(shot.span)} · ${t(stateWord(states[at]))}`}
          onClick={() => { choose(at); seek(shot.span[0] + 0.02); }}>
          {pictures[at] && <i style={{ backgroundImage: `url("${pictures[at]}")` }} />}<span>{at + 1}</span>{shot.locked && <em><Icon name="lock" /></em>}
        </button>))}
      {story.shots.slice(0, -1).map((shot, at) => <Cut key={at} story={story} at={at} pixels={pixels} edit={edit} where={shot.span[1]} />)}
    </div></div>
  );
}

export const stateWord = (state: ShotState | undefined) => (state === "stale" ? "staleShot" : state === "filming" ? "filmingShot" : state === "current" ? "current" : "missing") as "staleShot" | "filmingShot" | "current" | "missing";

/** Follows a pointer from a press on: how far it has gone, in seconds, until it is released. */
function dragging(event: PointerEvent, pixels: number, moved: (by: number, up: number, over: boolean) => void): void {
  const from = event.clientX, high = event.clientY, target = event.currentTarget as HTMLElement;
  event.preventDefault();
  target.focus();
  target.setPointerCapture(event.pointerId);
  const move = (now: PointerEvent) => moved((now.clientX - from) / pixels, (high - now.clientY) / 40, false);
  const end = (now: PointerEvent) => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", end);
    moved((now.clientX - from) / pixels, (high - now.clientY) / 40, true);
  };
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", end);
}

function Cut({ story, at, pixels, edit, where }: { story: Storyline; at: number; pixels: number; edit: (story: Storyline) => void; where: number }) {
  const [shown, show] = useState<number | null>(null);
  const now = shown ?? where, two = story.shots[at + 1]!, one = story.shots[at]!;
  return (
    <span class="cut" role="slider" tabIndex={0} aria-label={`${t("cut")} ${at + 1}`} aria-valuenow={Number(now.toFixed(2))} aria-valuemin={one.span[0]} aria-valuemax={two.span[1]} aria-valuetext={`${now.toFixed(2)} s`}
      style={{ left: `${now * pixels - 1}px` }} onPointerDown={(event) => dragging(event, pixels, (by, _, over) => {
        show(over ? null : where + by);
        if (over && Math.abs(by) > 0.01) edit(moveCut(story, at, where + by));
      })}
      onKeyDown={(event) => {
        const by = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
        if (by) { event.preventDefault(); edit(moveCut(story, at, where + by)); }
      }} />
  );
}

function VoiceLane({ story, voices, clock, pixels, lane, who }: LaneGiven & { who: string }) {
  const own = story.lines.map((line, at) => ({ line, voice: voices[at], at })).filter((one) => one.line.who === who);
  return (
    <div class={`lane voices ${colour(story, who)}`} style={lane}><span>{who}{!own.length && <small>{t("noVoice")}</small>}</span><div style={{ width: `${length(story) * pixels}px` }}>
      {own.map(({ line, voice, at }) => {
        const seconds = voice?.seconds ?? 1, width = seconds * pixels;
        return (
          <div class="wave" key={at} style={{ left: `${line.start * pixels}px`, width: `${width}px` }} role="img" aria-label={`${who}: ${line.text}`}>
            {voice && <svg viewBox={`0 0 ${Math.max(1, voice.peaks.length)} 100`} preserveAspectRatio="none" aria-hidden="true"><path d={waveform(voice.peaks)} /></svg>}
            {voice?.words.map(([word, start, end], place) => {
              const open = (end - start) * pixels > 6 + word.length * 6.2;
              return open && <i key={place} class={clock >= line.start + start && clock < line.start + end ? "now" : ""} style={{ left: `${start * pixels}px`, width: `${(end - start) * pixels}px` }}>{word}</i>;
            })}
          </div>
        );
      })}
    </div></div>
  );
}

const waveform = (peaks: number[]): string => `M0 50${peaks.map((value, at) => `L${at} ${50 - value / 2}`).join("")}L${peaks.length} 50${peaks.map((value, at) => `L${at} ${50 + value / 2}`).reverse().join("")}Z`;

/** One cue: its middle moves it, its edges its beginning and end; of a feeling, up and down its strength. */
function Block({ story, edit, cue, pixels, choose }: Given & { cue: Cue; pixels: number }) {
  const [shown, show] = useState<Cue | null>(null), now = shown ?? cue, whole = length(story), feels = cue.kind === "emotion";
  const strong = (value: number) => Math.min(1, Math.max(0.1, Math.round(value * 100) / 100));
  const changed = (by: number, up: number, part: "start" | "end" | "all"): Cue => {
    const [start, end] = cue.span, still = Math.abs(by) * pixels < 3;
    const span: Span = part === "start" ? [Math.min(start + by, end - 0.1), end] : part === "end" ? [start, Math.max(end + by, start + 0.1)] : [start + by, end + by];
    const next = still ? cue : timed(cue, part === "all" && start + by < 0 ? [0, end - start] : span, whole);
    return feels && part === "all" && Math.abs(up) > 0.08 ? { ...next, intensity: strong(cue.intensity + up) } : next;
  };
  const press = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect(), edge = Math.min(EDGE, box.width / 4);
    const part = event.clientX - box.left < edge ? "start" : box.right - event.clientX < edge ? "end" : "all";
    choose(Math.max(0, story.shots.findIndex((shot) => cue.span[0] < shot.span[1] - 0.01)));
    dragging(event, pixels, (by, up, over) => {
      const next = changed(by, up, part);
      show(over ? null : next);
      if (over && next !== cue) edit(changeCue(story, cue, next));
    });
  };
  const typed = (event: KeyboardEvent) => {
    const across = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0, up = event.key === "ArrowUp" ? 0.1 : event.key === "ArrowDown" ? -0.1 : 0;
    if (!across && !up && event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    if (across) edit(changeCue(story, cue, timed(cue, event.shiftKey ? [cue.span[0], cue.span[1] + across] : [cue.span[0] + across, cue.span[1] + across], whole)));
    else if (up) edit(changeCue(story, cue, { ...cue, intensity: strong(cue.intensity + up) }));
    else edit(changeCue(story, cue, null));
  };
  const width = (now.span[1] - now.span[0]) * pixels, high = 100 * now.intensity;
  return (
    <button class={`cue ${cue.kind} ${feels ? `feeling-${cue.what}` : ""}`} style={{ left: `${now.span[0] * pixels}px`, width: `${Math.max(6, width)}px` }} aria-label={`${told(now)}, ${times(now.span)}, ${Math.round(high)} %`}
      title={`${told(now)} · ${times(now.span)} · ${Math.round(high)} %`} onPointerDown={press} onKeyDown={typed}>
      {feels && <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><path d={envelope(now)} /></svg>}
      <span>{told(now)}</span>
    </button>
  );
}

/** How strongly a feeling shows: it rises, stays, and falls. */
function envelope(cue: Cue): string {
  const seconds = cue.span[1] - cue.span[0], top = 100 - 88 * cue.intensity;
  const rise = Math.min(50, (100 * cue.rise) / seconds), fall = Math.min(50, (100 * cue.fall) / seconds);
  return `M0 100C${rise / 2} 100 ${rise / 2} ${top} ${rise} ${top}L${100 - fall} ${top}C${100 - fall / 2} ${top} ${100 - fall / 2} 100 100 100Z`;
}
