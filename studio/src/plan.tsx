// The plan: one document with two views, the script and the timeline. Every edit is the storyline, sent with the revision that was read.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Animatic } from "./animatic";
import { call, finished, Refused, type Job, type Project, type Storyline } from "./api";
import { t } from "./dictionary";
import { Guided } from "./guided";
import { Proposal } from "./proposal";
import { ScriptLines, type NewLine } from "./script";
import { ShotCard, ShotTools } from "./shot";
import { filmed, stateOf, type Filmed } from "./states";
import { ShotDesk } from "./takes";
import { Timeline } from "./timeline";
import { Versions } from "./versions";
import { Claims } from "./why";
import type { Voice } from "./words";

interface Held { project: Project; story: Storyline; past: Storyline[]; next: Storyline[] }
interface Offer { theirs: Storyline; notes: string[] }
const MOST = 200, FEW = 5;

async function read(id: string): Promise<Held> {
  const project = await call<Project>("GET", `/api/v1/projects/${id}`);
  return { project, story: await call<Storyline>("GET", `/api/v1/projects/${id}/storyline`), past: [], next: [] };
}

/** The storyline as it is edited: saved at once, one edit after the other, so that each knows the revision before it. */
function useStoryline(id: string, tell: (fault: string) => void) {
  const [held, hold] = useState<Held | null>(null), [state, become] = useState<"" | "saving" | "saved">("");
  const queue = useRef<Promise<unknown>>(Promise.resolve()), revision = useRef(0), newest = useRef<Held | null>(null);
  const keep = (next: Held) => { newest.current = next; hold(next); };
  const load = () => read(id).then((one) => { revision.current = one.project.revision; keep(one); }, (one: Error) => tell(one.message));
  useEffect(() => { void load(); }, []);
  useEffect(() => {
    const leaving = (event: Event) => event.preventDefault();
    if (state === "saving") addEventListener("beforeunload", leaving);
    return () => removeEventListener("beforeunload", leaving);
  }, [state]);
  const save = (next: Held) => {
    keep(next);
    become("saving");
    queue.current = queue.current.then(async () => {
      try {
        revision.current = (await call<Project>("PUT", `/api/v1/projects/${id}/storyline`, next.story, { "If-Match": `"${revision.current}"` })).revision;
        tell("");
        if (newest.current === next) become("saved");
      } catch (one) {
        tell((one as Error).message);
        become("");
        if (one instanceof Refused) await load();
      }
    });
  };
  const edit = (story: Storyline) => { const now = newest.current; if (now && story !== now.story) save({ ...now, story, past: [...now.past, now.story].slice(-MOST), next: [] }); };
  const undo = () => { const now = newest.current; if (now?.past.length) save({ ...now, story: now.past.at(-1)!, past: now.past.slice(0, -1), next: [now.story, ...now.next] }); };
  const redo = () => { const now = newest.current; if (now?.next.length) save({ ...now, story: now.next[0]!, past: [...now.past, now.story], next: now.next.slice(1) }); };
  return { held, state, edit, undo, redo, saved: () => queue.current };
}

function useKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      const writing = /^(TEXTAREA|INPUT)$/.test((event.target as HTMLElement).tagName);
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || writing) return;
      event.preventDefault();
      if (event.shiftKey) redo(); else undo();
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  });
}

export function Plan({ id }: { id: string }) {
  const [fault, tell] = useState(""), { held, state, edit, undo, redo, saved } = useStoryline(id, tell);
  const [voices, look] = useState<Voice[]>([]), [speaking, speak] = useState(false), [film, know] = useState<Filmed>({ story: null, open: null });
  const [clock, turn] = useState(0), [chosen, choose] = useState(0), [pictures, picture] = useState<string[]>([]), [open, unfold] = useState(false), [offer, propose] = useState<Offer | null>(null);
  const player = useRef<HTMLVideoElement | null>(null), until = useRef<number | null>(null), looking = useRef(false), [view, see] = useState<View>("script");
  useKeys(undo, redo);
  const lines = useMemo(() => held && JSON.stringify(held.story.lines), [held?.story]);
  const states = useMemo(() => held?.story.shots.map((shot) => stateOf(shot, held.story, film)) ?? [], [held?.story, film]);
  useEffect(() => {
    if (lines) void saved().then(() => call<{ lines: Voice[] }>("GET", `/api/v1/projects/${id}/voices`)).then((one) => look(one.lines), (one: Error) => tell(one.message));
  }, [lines]);
  useEffect(() => {
    const ask = () => void filmed(id).then(know, () => {});
    ask();
    const timer = setInterval(ask, 5000);
    return () => clearInterval(timer);
  }, []);
  if (!held) return <p class={fault ? "fault" : "wait"} role="status">{fault || t("loading")}</p>;
  const { story, project } = held, at = Math.min(chosen, story.shots.length - 1);
  const seek = (to: number, end?: number) => {
    const video = player.current;
    if (!video) return;
    video.currentTime = to;
    until.current = end ?? null;
    if (end !== undefined) { video.muted = false; void video.play().catch(() => {}); }
  };
  const tick = (now: number) => {
    turn(now);
    if (until.current !== null && now >= until.current) { until.current = null; player.current?.pause(); }
  };
  const rewrite = async (wanted: NewLine[]) => {
    speak(true);
    try {
      await saved();
      edit(await call<Storyline>("POST", `/api/v1/projects/${id}/script`, { lines: wanted }));
      tell("");
    } catch (one) { tell((one as Error).message); }
    speak(false);
  };
  const make = () => saved().then(() => call<Job>("POST", `/api/v1/projects/${id}/films`, {})).then((job) => { location.hash = `#/film/${job.id}`; }, (one: Error) => tell(one.message));
  const short = story.lines.length < FEW, again = <Again id={id} story={story} saved={saved} tell={tell} offer={propose} />;
  const shot = { id, story, at, state: states[at]!, clock, edit, choose, saved };
  return (
    <div class="plan" data-view={view}>
      <div class="bar">
        <h1>{project.name || t("untitled")}</h1>
        <span class="state" role="status">{state && t(state)}</span>
        <Shape id={id} story={story} edit={edit} saved={saved} tell={tell} />
        <button onClick={undo} disabled={!held.past.length} title="Ctrl+Z" aria-label={t("undo")}>↶<span class="wide">{t("undo")}</span></button>
        <button onClick={redo} disabled={!held.next.length} title="Ctrl+Shift+Z" aria-label={t("redo")}>↷<span class="wide">{t("redo")}</span></button>
        <button aria-expanded={open} onClick={() => unfold(!open)}>{t("versions")}</button>
        <button class="main" onClick={make}>{t("film")}</button>
      </div>
      {fault && <p class="fault" role="alert">{fault}</p>}
      {open && <Versions id={id} saved={saved} edit={(next) => { edit(next); unfold(false); }} tell={tell} />}
      {offer && <Proposal key={offer.theirs.concept.prompt} mine={story} theirs={offer.theirs} notes={offer.notes} take={(next) => { edit(next); propose(null); }} leave={() => propose(null)} />}
      <div class="views" role="group" aria-label={t("view")}>{VIEWS.map(([name, said]) => <button key={name} aria-pressed={view === name} onClick={() => see(name)}>{t(said)}</button>)}</div>
      <div class="desk">
        <div class="pile"><section class="card script" aria-label={t("script")}>
          <h2>{t("script")}</h2>
          <ScriptLines story={story} voices={voices} busy={speaking} clock={clock} edit={edit} rewrite={rewrite} seek={seek} />
        </section>{short && again}</div>
        <div class="beside">
          <Animatic id={id} story={story} saved={saved} clock={tick} player={player} pictured={picture} looking={looking} />
          {!short && again}
        </div>
      </div>
      <Timeline story={story} voices={voices} states={states} pictures={pictures} clock={clock} chosen={at} edit={edit} seek={seek} choose={choose} />
      <div class="shots">
        <h2 class="hidden">{t("shot")}</h2>
        <ShotTools {...shot} />
        <ShotCard {...shot} key={story.shots[at]!.id || at} />
        <ShotDesk id={id} story={story} at={at} edit={edit} saved={saved} tell={tell} looking={(busy) => { looking.current = busy; }} />
        <Guided id={id} story={story} at={at} edit={edit} saved={saved} />
      </div>
      {project.notes.length > 0 && <details class="card notes"><summary>{t("notes")} ({project.notes.length})</summary><ul>{project.notes.map((note) => <li key={note}>{note}</li>)}</ul></details>}
      <Claims id={id} story={story} saved={saved} />
    </div>
  );
}

const VIEWS = [["script", "script"], ["timeline", "timeline"], ["shot", "shot"]] as const;
/** What is shown below the picture where there is no room for all. */
type View = (typeof VIEWS)[number][0];
const SHAPES: [string, number, number][] = [["16:9", 16, 9], ["9:16", 9, 16], ["1:1", 1, 1], ["4:5", 4, 5]];

interface ShapeGiven { id: string; story: Storyline; edit: (story: Storyline) => void; saved: () => Promise<unknown>; tell: (fault: string) => void }

/** Another shape or size of the same plan, if the pictures allow it: everything else, and what is locked, stays. */
function Shape({ id, story, edit, saved, tell }: ShapeGiven) {
  const { width, height } = story.canvas, even = (value: number) => 2 * Math.round(value / 2), [asked, ask] = useState(""), now = useRef(story);
  now.current = story;
  const sizes = SHAPES.flatMap(([name, wide, high]) => [360, 720, 1080].map((short): [string, number, number] => {
    const scale = short / Math.min(wide, high);
    return [`${name} · ${short}p`, even(wide * scale), even(high * scale)];
  }));
  const known = sizes.some((one) => one[1] === width && one[2] === height);
  const change = async (size: string) => {
    ask(size);
    try {
      await saved();
      const { canvas } = await call<Storyline>("POST", `/api/v1/projects/${id}/edits`, { size: size.split("x").map(Number) });
      tell("");
      edit({ ...now.current, canvas });
    } catch (one) { tell((one as Error).message); }
    ask("");
  };
  return (
    <select class="shape" aria-label={t("aspect")} aria-busy={!!asked} disabled={!!asked} value={asked || `${width}x${height}`} onChange={(event) => void change(event.currentTarget.value)}>
      {!known && <option value={`${width}x${height}`}>{width}×{height}</option>}
      {sizes.map(([name, wide, high]) => <option key={name} value={`${wide}x${high}`}>{name}</option>)}
    </select>
  );
}

interface AgainGiven { id: string; story: Storyline; saved: () => Promise<unknown>; tell: (fault: string) => void; offer: (offer: Offer) => void }

function Again({ id, story, saved, tell, offer }: AgainGiven) {
  const [words, write] = useState(story.concept.prompt), [busy, work] = useState(false);
  useEffect(() => write(story.concept.prompt), [story.concept.prompt]);
  const again = async () => {
    work(true);
    try {
      await saved();
      const job = await finished((await call<Job>("POST", `/api/v1/projects/${id}/plan`, { prompt: words, propose: true })).id);
      offer({ theirs: await call<Storyline>("GET", job.urls.storyline!), notes: job.notes });
      scrollTo({ top: 0 });
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  const fresh = () => { sessionStorage.setItem("words", words); location.hash = "#/"; };
  return (
    <section class="card again" aria-label={t("directionWords")}>
      <label>{t("directionWords")}<textarea rows={3} value={words} onInput={(event) => write(event.currentTarget.value)} /></label>
      <p class="row"><button onClick={again} disabled={busy || !words.trim()}>{busy ? <><span class="spin" aria-hidden="true" />{t("planning")}</> : t("again")}</button><button class="quiet" onClick={fresh}>{t("fresh")}</button></p>
      <small>{t("againAbout")}</small>
    </section>
  );
}
