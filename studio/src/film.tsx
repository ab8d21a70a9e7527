// A film while it is made, and afterwards. What is shown comes from the service alone, so a reload loses nothing.
import { useEffect, useRef, useState } from "preact/hooks";
import { Exports, reuse, ReviewNotes } from "./afterwards";
import { call, follow, type Job, type Project, type Storyline } from "./api";
import { phase, t, term } from "./dictionary";

const clock = (seconds: number) => (seconds < 60 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`);

/** Films what a job filmed with the next seed. A project's storyline follows, unless it was edited since: edits are not replaced. */
export async function filmAgain(job: Job): Promise<void> {
  const story = await call<Storyline>("GET", job.urls.storyline!);
  const next = { ...story, seed: story.seed + 1 };
  const alike = (one: Storyline) => JSON.stringify({ ...one, seed: 0 });
  const now = job.project ? await call<Storyline>("GET", `/api/v1/projects/${job.project}/storyline`).catch(() => null) : null;
  const made = now && alike(now) === alike(story)
    ? await call("PUT", `/api/v1/projects/${job.project}/storyline`, next).then(() => call<Job>("POST", `/api/v1/projects/${job.project}/films`, {}))
    : await call<Job>("POST", "/api/v1/films", { storyline: next });
  location.hash = `#/film/${made.id}`;
}

/** How far each shot is: what has been joined to the film so far. */
function ByShot({ story, frames }: { story: Storyline; frames: number }) {
  const now = (frames * story.canvas.rate.per) / story.canvas.rate.frames;
  return (
    <ul class="byshot" aria-label={t("byShot")}>{story.shots.map(({ span: [start, end] }, index) => {
      const part = Math.round(100 * Math.min(1, Math.max(0, (now - start) / (end - start))));
      return <li key={index} style={{ flexGrow: end - start }} aria-label={`${t("shot")} ${index + 1}: ${part} %`} title={`${t("shot")} ${index + 1}: ${part} %`}><i style={{ width: `${part}%` }} /><span aria-hidden="true">{index + 1}</span></li>;
    })}</ul>
  );
}

export function Film({ id }: { id: string }) {
  const [job, hear] = useState<Job | null>(null), [frames, grow] = useState(0);
  const [watched, watch] = useState(0), [fault, tell] = useState(""), [round, again] = useState(0), [title, name] = useState(""), [busy, work] = useState(false);
  useEffect(() => follow(id, (now, seen) => { hear(now); grow(seen); }), [round]);
  const project = job?.project, [story, read] = useState<Storyline | null>(null), screen = useRef<HTMLVideoElement>(null);
  useEffect(() => { if (project) call<Storyline>("GET", `/api/v1/projects/${project}/storyline`).then(read, () => {}); }, [project]);
  useEffect(() => { if (frames && !watched && job?.state === "running") watch(Date.now()); }, [frames > 0]);
  useEffect(() => { if (project) call<Project>("GET", `/api/v1/projects/${project}`).then((one) => name(one.name), () => {}); }, [project]);
  if (!job) return <p class="wait" role="status">{t("loading")}</p>;
  const move = (how: string) => call<Job>("POST", `/api/v1/jobs/${id}/${how}`, {}).then((now) => { hear(now); again(round + 1); }, (one: Error) => tell(one.message));
  const begin = (how: (job: Job) => Promise<void>) => { work(true); how(job).catch((one: Error) => { tell(one.message); work(false); }); };
  const done = job.state === "done", open = job.state === "running" || job.state === "queued";
  const percent = Math.round(job.progress * 100);
  return (
    <div class="film">
      <div class="screen stage">
        {done ? <video key="film" ref={screen} src={job.urls.film} poster={job.urls.thumbnail} controls autoplay playsInline aria-label={t("done")} />
          : watched ? <video key={watched} src={`/api/v1/jobs/${id}/preview?${watched}`} controls autoplay playsInline onLoadedData={(event) => void event.currentTarget.play().catch(() => {})} aria-label={t("watch")} />
          : <p class="wait">{frames ? <button class="main" onClick={() => watch(Date.now())}>▶ {t("watch")}</button> : open ? <><span class="spin" aria-hidden="true" />{t("soon")}</> : t(job.state)}</p>}
      </div>
      <section class="card status" aria-label={t(job.state)}>
        <h1><span role="status">{t(job.state)}{open && job.phase ? <small> {phase(job.phase)}</small> : null}</span></h1>
        {(title || job.title) && <p class="title">{title || job.title}</p>}
        {!done && <>
          <progress max={100} value={percent} aria-label={t("filming")}>{percent} %</progress>
          <p class="row"><b>{percent} %</b>
            {job.seconds_left !== null && <span>{clock(job.seconds_left)} {t("leftOver")}</span>}
            {!!job.queue_position && <span>{t("place")}: {job.queue_position}</span>}</p>
          {story && open && <ByShot story={story} frames={frames} />}
          {open && frames > 0 && <p><small>{t("growing")}</small></p>}
        </>}
        {(job.error || fault) && <p class="fault" role="alert">{fault || job.error!.message}</p>}
        {done && <dl class="facts">
          <dt>{t("length")}</dt><dd>{job.seconds} s</dd><dt>{t("frame")}</dt><dd>{job.size?.join(" × ")}</dd>
          <dt>{t("engine")}</dt><dd>{term(job.engine)}</dd><dt>{t("worked")}</dt><dd>{clock(job.worked_seconds)}</dd></dl>}
        <p class="row actions">
          {open && <button onClick={() => move("pause")}>{t("pause")}</button>}
          {["paused", "failed", "cancelled"].includes(job.state) && <button class="main" onClick={() => move("resume")}>{t("resume")}</button>}
          {(open || job.state === "paused") && <button onClick={() => move("cancel")}>{t("cancel")}</button>}
          {done && <a class="button main" href={job.urls.film} download={`${id}.mp4`}>{t("download")}</a>}
          {done && <button disabled={busy} onClick={() => begin(filmAgain)}>{t("reseed")}</button>}
          {done && !job.project && <button disabled={busy} onClick={() => begin((one) => reuse(one, one.title))}>{t("reuse")}</button>}
          {job.project && <a class="button" href={`#/plan/${job.project}`}>{t("edit")}</a>}
          {done && <a class="button quiet" href={job.urls.report} target="_blank">{t("report")}</a>}
        </p>
        {done && job.shot === null && <Exports job={job} />}
        {done && <ReviewNotes film={job.urls.film!} seek={(at) => { if (screen.current) { screen.current.currentTime = at; void screen.current.play().catch(() => {}); } }} />}
        {job.notes.length > 0 && <details><summary>{t("notes")} ({job.notes.length})</summary><ul>{job.notes.map((note) => <li key={note}>{note}</li>)}</ul></details>}
      </section>
    </div>
  );
}
