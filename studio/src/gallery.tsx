// All films, and plans that were not filmed yet.
import { useEffect, useState } from "preact/hooks";
import { BringIn, reuse, Table } from "./afterwards";
import { call, OVER, type Job, type Project } from "./api";
import { t } from "./dictionary";
import { filmAgain } from "./film";

interface Page<T> { data: T[] }

export function Gallery() {
  const [jobs, list] = useState<Job[] | null>(null), [projects, name] = useState<Project[]>([]), [fault, tell] = useState(""), [busy, work] = useState("");
  const load = async () => {
    try {
      const [films, plans] = await Promise.all([call<Page<Job>>("GET", "/api/v1/jobs?limit=100"), call<Page<Project>>("GET", "/api/v1/projects?limit=100")]);
      list(films.data.filter((job) => job.work === "film" && job.shot === null));
      name(plans.data);
    } catch (one) { tell((one as Error).message); }
  };
  useEffect(() => {
    void load();
    const timer = setInterval(load, 3000);
    return () => clearInterval(timer);
  }, []);
  if (!jobs) return <p class={fault ? "fault" : "wait"} role="status">{fault || t("loading")}</p>;
  const titles = new Map(projects.map((one) => [one.id, one.name]));
  const filmed = new Set(jobs.map((job) => job.project));
  const plans = projects.filter((one) => one.has_storyline && !filmed.has(one.id));
  const remove = (job: Job) => confirm(t("sureDelete")) && call("DELETE", `/api/v1/jobs/${job.id}`).then(load, (one: Error) => tell(one.message));
  const begin = (job: Job, how: (job: Job) => Promise<void>) => { work(job.id); how(job).catch((one: Error) => { tell(one.message); work(""); }); };
  return (
    <div class="gallery">
      <h1>{t("gallery")}</h1>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="gallerytools"><BringIn /><Table queued={() => void load()} /></div>
      {!jobs.length && <p class="lead">{t("empty")} <a class="button main" href="#/">{t("begin")}</a></p>}
      <ul class="films">{jobs.map((job) => (
        <li class="card" key={job.id}>
          <a href={`#/film/${job.id}`}>
            {job.state === "done" ? <img loading="lazy" src={job.urls.thumbnail} alt="" /> : <span class="blank">{OVER.includes(job.state) ? t(job.state) : `${t(job.state)} ${Math.round(job.progress * 100)} %`}</span>}
            <b>{titles.get(job.project ?? "") || job.title || t("untitled")}</b>
          </a>
          <small>{new Date(job.created_at * 1000).toLocaleString()}{job.seconds ? ` · ${job.seconds} s` : ""}{job.size ? ` · ${job.size.join("×")}` : ""}</small>
          <p class="row">
            {job.state === "done" && <a class="button" href={job.urls.film} download={`${job.id}.mp4`}>{t("download")}</a>}
            {job.state === "done" && <button class="quiet" disabled={busy === job.id} onClick={() => begin(job, filmAgain)}>{t("reseed")}</button>}
            {job.state === "done" && <button class="quiet" disabled={busy === job.id} onClick={() => begin(job, (one) => reuse(one, titles.get(one.project ?? "") || one.title))}>{t("reuse")}</button>}
            {job.state === "done" && <a class="button quiet" href={job.urls.report} target="_blank">{t("report")}</a>}
            <button class="quiet" onClick={() => remove(job)}>{t("delete")}</button>
          </p>
        </li>))}</ul>
      {plans.length > 0 && <><h2>{t("plans")}</h2><ul class="plans">{plans.map((one) => <li key={one.id}><a href={`#/plan/${one.id}`}>{one.name || t("untitled")}</a></li>)}</ul></>}
    </div>
  );
}
