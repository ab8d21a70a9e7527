// What each shot of a plan is worth: filmed as it is, filmed otherwise, being filmed, or not filmed.
import { call, type Job, type Shot, type Storyline } from "./api";

/** Whether pictures may begin to move by themselves. */
export const moving = (): boolean => !matchMedia("(prefers-reduced-motion: reduce)").matches;

export type ShotState = "current" | "stale" | "filming" | "missing";
export interface Filmed { story: Storyline | null; open: Job | null }

/** The newest finished film of a project as it was planned, and the one that is being made. */
export async function filmed(project: string): Promise<Filmed> {
  const { data } = await call<{ data: Job[] }>("GET", "/api/v1/jobs?limit=100");
  const films = data.filter((job) => job.project === project && job.work === "film" && (job as { shot?: unknown }).shot == null);
  const done = films.find((job) => job.state === "done");
  const open = films.find((job) => ["queued", "running", "paused"].includes(job.state)) ?? null;
  return { story: done ? await call<Storyline>("GET", done.urls.storyline!) : null, open };
}

const shown = ({ id: _, why: _why, locked: _locked, segments: _segments, ...rest }: Shot) => JSON.stringify(rest);

/** What of a film besides a shot decides how the shot looks: canvas, people, seed, and what is said while it is seen. */
function around(story: Storyline, shot: Shot): string {
  const lines = story.lines.filter((line) => line.start < shot.span[1]).map((line) => [line.who, line.sound, line.start]);
  return JSON.stringify([story.canvas, story.cast.map((who) => [who.name, who.portrait, who.face, who.look]), story.seed, story.engine, lines]);
}

export function stateOf(shot: Shot, story: Storyline, film: Filmed): ShotState {
  const then = film.story?.shots.find((one) => one.id === shot.id);
  const same = then && film.story && shown(then) === shown(shot) && around(film.story, then) === around(story, shot);
  if (same) return "current";
  if (film.open) return "filming";
  return then ? "stale" : "missing";
}
