// The plan: the storyline as a script, a timeline and shots. Every edit is the storyline, sent with the revision that was read.
import { useEffect, useRef, useState } from "preact/hooks";
import { call, finished, Refused, type Job, type Project, type Shot, type Storyline } from "./api";
import { t } from "./dictionary";
import { ShotCard } from "./shot";
import { Timeline } from "./timeline";

interface Held { project: Project; story: Storyline; past: Storyline[]; next: Storyline[] }

async function read(id: string): Promise<Held> {
  const project = await call<Project>("GET", `/api/v1/projects/${id}`);
  return { project, story: await call<Storyline>("GET", `/api/v1/projects/${id}/storyline`), past: [], next: [] };
}

export function Plan({ id }: { id: string }) {
  const [held, hold] = useState<Held | null>(null), [fault, tell] = useState(""), [state, become] = useState<"" | "saving" | "saved">("");
  const queue = useRef<Promise<unknown>>(Promise.resolve()), revision = useRef(0);
  const load = () => read(id).then((one) => { revision.current = one.project.revision; hold(one); }, (one: Error) => tell(one.message));
  useEffect(() => { void load(); }, []);
  /** Sends the storyline; edits follow each other, so each knows the revision before it. */
  const save = (next: Held) => {
    hold(next);
    become("saving");
    queue.current = queue.current.then(async () => {
      try {
        const kept = await call<Project>("PUT", `/api/v1/projects/${id}/storyline`, next.story, { "If-Match": `"${revision.current}"` });
        revision.current = kept.revision;
        tell("");
        become("saved");
      } catch (one) {
        tell((one as Error).message);
        become("");
        if (one instanceof Refused) await load();
      }
    });
  };
  const edit = (story: Storyline) => held && save({ ...held, story, past: [...held.past, held.story].slice(-100), next: [] });
  const undo = () => held?.past.length && save({ ...held, story: held.past.at(-1)!, past: held.past.slice(0, -1), next: [held.story, ...held.next] });
  const redo = () => held?.next.length && save({ ...held, story: held.next[0]!, past: [...held.past, held.story], next: held.next.slice(1) });
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
  if (!held) return <p class={fault ? "fault" : "wait"} role="status">{fault || t("loading")}</p>;
  const { story, project } = held;
  const film = () => queue.current.then(() => call<Job>("POST", `/api/v1/projects/${id}/films`, {})).then((job) => { location.hash = `#/film/${job.id}`; }, (one: Error) => tell(one.message));
  const shots = (index: number, shot: Shot) => edit({ ...story, shots: story.shots.map((one, place) => (place === index ? shot : one)) });
  return (
    <div class="plan">
      <div class="bar">
        <h1>{project.name || t("untitled")}</h1>
        <span class="state" role="status">{state && t(state)}</span>
        <button onClick={undo} disabled={!held.past.length} title="Ctrl+Z">↶ {t("undo")}</button>
        <button onClick={redo} disabled={!held.next.length} title="Ctrl+Shift+Z">↷ {t("redo")}</button>
        <button class="main" onClick={film}>{t("film")}</button>
      </div>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="desk">
        <Script id={id} story={story} planned={load} tell={tell} before={() => queue.current} />
        <Animatic id={id} story={story} before={() => queue.current} />
      </div>
      <Timeline story={story} />
      {project.notes.length > 0 && <details class="card notes"><summary>{t("notes")} ({project.notes.length})</summary><ul>{project.notes.map((note) => <li key={note}>{note}</li>)}</ul></details>}
      <h2>{t("shots")}</h2>
      <div class="shots">{story.shots.map((shot, index) => <ShotCard key={index} number={index + 1} shot={shot} edit={(next) => shots(index, next)} />)}</div>
    </div>
  );
}

interface ScriptGiven { id: string; story: Storyline; planned: () => Promise<void>; tell: (fault: string) => void; before: () => Promise<unknown> }

function Script({ id, story, planned, tell, before }: ScriptGiven) {
  const [words, write] = useState(story.concept.prompt), [busy, work] = useState(false);
  useEffect(() => write(story.concept.prompt), [story.concept.prompt]);
  const again = async () => {
    work(true);
    try {
      await before();
      await finished((await call<Job>("POST", `/api/v1/projects/${id}/plan`, { prompt: words })).id);
      await planned();
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  const fresh = () => { sessionStorage.setItem("words", words); location.hash = "#/"; };
  return (
    <section class="card script" aria-label={t("script")}>
      <h2>{t("script")}</h2>
      <dl>{story.lines.map((line, index) => (line.text || line.sound) && [
        <dt key={`who${index}`} class={`who${story.cast.findIndex((one) => one.name === line.who) % 4}`}>{line.who}</dt>,
        <dd key={`text${index}`}>{line.text || <audio controls src={`/api/v1/assets/${line.sound}/content`} aria-label={line.who} />}</dd>,
      ])}</dl>
      <label>{t("words")}<textarea rows={4} value={words} onInput={(event) => write(event.currentTarget.value)} /></label>
      <p class="row"><button onClick={again} disabled={busy || !words.trim()}>{busy ? t("planning") : t("again")}</button><button class="quiet" onClick={fresh}>{t("fresh")}</button></p>
      <small>{t("againAbout")}</small>
    </section>
  );
}

function Animatic({ id, story, before }: { id: string; story: Storyline; before: () => Promise<unknown> }) {
  const [url, show] = useState(""), [busy, work] = useState(true), [fault, tell] = useState(""), drawn = useRef<Storyline | null>(null);
  const draw = async () => {
    work(true);
    tell("");
    drawn.current = story;
    try {
      await before();
      const job = await finished((await call<Job>("POST", `/api/v1/projects/${id}/animatic`, {})).id);
      show(job.urls.animatic ?? "");
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  useEffect(() => { void draw(); }, []);
  const stale = !busy && drawn.current !== story;
  const { width, height } = story.canvas;
  return (
    <section class="animatic" aria-label={t("animatic")}>
      <div class="screen" style={{ aspectRatio: `${width} / ${height}` }}>
        {url && <video key={url} src={url} controls autoplay muted loop playsInline aria-label={t("animatic")} />}
        {busy && <p class="wait"><span class="spin" aria-hidden="true" />{t("drawing")}</p>}
      </div>
      <p class="row under"><b>{t("animatic")}</b><span role="status">{fault || (stale ? t("stale") : "")}</span>{(stale || fault) && <button onClick={draw}>{t("redraw")}</button>}</p>
    </section>
  );
}
