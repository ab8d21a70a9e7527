// After a film is made: what it is given on as, notes of a review that come back, projects and films that are brought in, tables.
import { useRef, useState } from "preact/hooks";
import { call, Refused, upload, type Job, type Project, type Storyline } from "./api";
import { t, type Word } from "./dictionary";

const EXPORTS: [string, Word][] = [["project.zip", "exProject"], ["review.html", "exReview"], ["thumbnail.jpg", "exThumbnail"], ["film.srt", "exSrt"], ["film.vtt", "exVtt"], ["cut.otio", "exCut"], ["jianying.zip", "exDraft"]];
interface Note { at: number; shot: number; text: string; by?: string }

/** Downloads; what cannot be made (no words are known, say) is told in a sentence. */
export function Exports({ job }: { job: Job }) {
  const [busy, work] = useState(""), [fault, tell] = useState("");
  const fetched = async (name: string) => {
    work(name);
    tell("");
    try {
      const answer = await fetch(name === "thumbnail.jpg" ? job.urls.thumbnail! : `/api/v1/jobs/${job.id}/exports/${name}`);
      if (!answer.ok) throw new Error((await answer.json()).error.message);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (one) { tell((one as Error).message); }
    work("");
  };
  return (
    <section aria-label={t("giveOn")}>
      <h2 class="minor">{t("giveOn")}</h2>
      <p class="row exports">{EXPORTS.map(([name, said]) => <button key={name} class="chip" disabled={!!busy} onClick={() => void fetched(name)}>{busy === name && <span class="spin" aria-hidden="true" />}{t(said)}</button>)}</p>
      <p class="fault" role="alert">{fault}</p>
    </section>
  );
}

const clock = (at: number) => `${Math.floor(at / 60)}:${(at % 60).toFixed(1).padStart(4, "0")}`;

/** SHA-256 of a file in hex; "" where the browser computes none (pages of other machines without HTTPS). */
async function digest(url: string): Promise<string> {
  if (typeof crypto.subtle === "undefined") return "";
  const sum = await crypto.subtle.digest("SHA-256", await (await fetch(url)).arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The notes that somebody saved from a review, beside the film: a click shows the instant. */
export function ReviewNotes({ film, seek }: { film: string; seek: (at: number) => void }) {
  const [notes, list] = useState<Note[]>([]), [fault, tell] = useState("");
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      const data = JSON.parse(await file.text());
      if (!Array.isArray(data.notes) || data.notes.some((one: Note) => typeof one.at !== "number" || typeof one.text !== "string")) throw new Error(file.name);
      list(data.notes);
      const here = await digest(film).catch(() => "");
      tell(here && data.film_sha256 && here !== data.film_sha256 ? t("otherFilm") : "");
    } catch { tell(`${file.name}: ${t("noNotes")}`); }
  };
  return (
    <section class="reviewnotes" aria-label={t("reviewNotes")}>
      <label class="button">{t("readNotes")}<input class="hidden" type="file" accept=".json,application/json" onChange={(event) => { void read(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} /></label>
      {fault && <p class="fault" role="alert">{fault}</p>}
      {notes.length > 0 && <ul>{notes.map((note, index) => <li key={index}><button class="quiet" onClick={() => seek(note.at)}>{clock(note.at)} · {t("shot")} {note.shot}</button> {note.text} {note.by && <small>{note.by}</small>}</li>)}</ul>}
    </section>
  );
}

const begun = (project: Project) => { location.hash = `#/plan/${project.id}`; };

/** A plan with the settings inside a film of Dramatis that was uploaded; raises `Refused` (400) if there are none. */
async function fromFilm(asset: string, file: File): Promise<void> {
  const found = await call<{ storyline: Storyline; missing: string[] }>("GET", `/api/v1/assets/${asset}/settings`);
  if (found.missing.length) throw new Error(`${t("missingFiles")} ${found.missing.join(", ")}`);
  begun(await call<Project>("POST", "/api/v1/projects", { name: file.name.replace(/\.\w+$/, ""), storyline: found.storyline }));
}

/** Whether a video that was uploaded is a film of Dramatis; if so, its settings are opened as a plan. */
export const opened = (asset: string, file: File): Promise<boolean> => fromFilm(asset, file).then(() => true, (fault: Error) => {
  if (fault instanceof Refused && fault.status === 400) return false;
  throw fault;
});

/** Whether a file may be a project or a film. */
export const brings = (file: File): boolean => /\.(zip|mp4|mov)$/i.test(file.name);

/** Opens a project (ZIP), or any film of Dramatis, whose settings are inside it, as a plan. */
export async function bring(file: File): Promise<void> {
  if (!/\.zip$/i.test(file.name)) return fromFilm(await upload(file, ""), file);
  const form = new FormData();
  form.append("file", file);
  begun(await call<Project>("POST", "/api/v1/imports", form));
}

export function BringIn() {
  const [busy, work] = useState(false), [fault, tell] = useState("");
  const take = async (file: File | undefined) => {
    if (!file || busy) return;
    work(true);
    tell("");
    try { await bring(file); } catch (one) { tell((one as Error).message); }
    work(false);
  };
  return (
    <div class="bringin">
      <label class="button">{busy && <span class="spin" aria-hidden="true" />}{t("bring")}<input class="hidden" type="file" accept=".zip,.mp4,video/mp4,application/zip" onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} /></label> <small>{t("bringAbout")}</small>
      <p class="fault" role="alert">{fault}</p>
    </div>
  );
}

/** A plan with the settings of a film, whose words can be changed. */
export async function reuse(job: Job, name: string): Promise<void> {
  const story = await call<Storyline>("GET", job.urls.storyline!);
  const project = await call<Project>("POST", "/api/v1/projects", { name, storyline: story });
  location.hash = `#/plan/${project.id}`;
}

export function Table({ queued }: { queued: () => void }) {
  const [rows, write] = useState(""), [told, tell] = useState(""), [fault, refuse] = useState(""), chosen = useRef<HTMLInputElement>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      const made = await call<{ data: Job[] }>("POST", "/api/v1/batches", { csv: rows });
      tell(`${made.data.length} ${t("queuedFilms")}`);
      refuse("");
      queued();
    } catch (one) { refuse((one as Error).message); tell(""); }
  };
  return (
    <details class="card table"><summary>{t("table")}</summary>
      <form onSubmit={send}>
        <label>{t("tableAbout")}<textarea rows={5} spellcheck={false} value={rows} placeholder={"prompt,size\n\"Cat: Hello!\",720p"} onInput={(event) => write(event.currentTarget.value)} /></label>
        <p class="row"><label class="button">CSV<input ref={chosen} class="hidden" type="file" accept=".csv,text/csv" onChange={(event) => void event.currentTarget.files?.[0]?.text().then(write)} /></label>
          <button disabled={!rows.trim()}>{t("queueAll")}</button><span role="status">{told}</span><span class="fault" role="alert">{fault}</span></p>
      </form>
    </details>
  );
}
