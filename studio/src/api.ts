// The service's native API. Every answer is JSON; an error carries one sentence for people.
import { signal } from "./signal";

export type Span = [number, number];
export type Kind = "emotion" | "action" | "camera";
/** The word of a line on which a cue lies, both counted from 0. */
export interface SpokenWord { line: number; word: number; text: string; said: number | null }
export interface Cue {
  kind: Kind; what: string; span: Span; who: string | null; intensity: number; rise: number; fall: number; at: SpokenWord | null; to: string | null;
}
export interface Reason { expert: string; claim: string; evidence: string; confidence: number }
export interface Claim extends Omit<Reason, "claim"> { round: number; kind: string; what: string; who: string | null; span: Span | null }
export interface Segment { span: Span; heard: string; who: string | null; text: string; words: string }
export interface Shot {
  span: Span; picture: string; cast: string[]; framing: string; focus: string[]; segments: Segment[]; why: Reason[];
  speakers: string[]; listening: { who: string; to: string }[]; direction: { words: string; avoid: string; cues: Cue[]; keep?: number[][] }; locked: boolean | string[]; id: string;
}
export interface Line { who: string; sound: string; start: number; text: string }
export type Consent = "" | "self" | "permission" | "fictional" | "licensed";
export interface Character {
  name: string; portrait: string; look: string; face: number[] | null; voice: string | null; say: string | null; text: string; speaks: string; consent: Consent; off_screen: boolean;
}
export interface Storyline {
  canvas: { width: number; height: number; rate: { frames: number; per: number } };
  cast: Character[]; lines: Line[]; shots: Shot[]; seed: number; engine: string; captions: string; concept: { prompt: string };
  deliberation: { claims: Claim[]; conflicts: { about: string; how: string }[] };
}
export interface Project { id: string; name: string; revision: number; notes: string[]; has_storyline: boolean; changed_at: number }
export interface Job {
  id: string; work: "film" | "plan"; state: "queued" | "running" | "paused" | "done" | "failed" | "cancelled"; engine: string;
  project: string | null; shot: number | null; progress: number; phase: string; queue_position: number | null; seconds_left: number | null;
  title: string; notes: string[]; error: { message: string } | null; seconds: number | null; size: [number, number] | null;
  created_at: number; worked_seconds: number; urls: Record<string, string>;
}
export const OVER = ["done", "failed", "cancelled"];

export class Refused extends Error {
  constructor(message: string, readonly status: number) { super(message); }
}

/** Whether the service did not answer the last time that it was asked. */
export const away = signal(false);
const AGAIN = 1500; // ms until a service that does not answer is asked again
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

/** As `fetch`, but what makes or changes something is asked until the service answers; it is done once, whatever happened in between. */
export async function asked(path: string, how: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
  const changes = (how.method ?? "GET") !== "GET", key = newKey();
  for (;;) {
    try {
      const answer = await fetch(path, changes ? { ...how, headers: { "Idempotency-Key": key, ...how.headers } } : how);
      if (away.value) away.value = false;
      return answer;
    } catch (fault) {
      if (how.signal?.aborted) throw fault;
      if (!away.value) away.value = true;
      if (!changes) throw fault;
      await later(AGAIN);
    }
  }
}

export async function call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const form = body instanceof FormData, once: Record<string, string> = method === "GET" ? {} : { "Idempotency-Key": newKey() };
  for (;;) {
    const answer = await asked(path, {
      method,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      headers: { ...(body === undefined || form ? {} : { "Content-Type": "application/json" }), ...once, ...headers },
    });
    const data = await answer.json().catch(() => ({}));
    if (answer.ok) return data as T;
    if (data.error?.code !== "in_progress") throw new Refused(data.error?.message ?? `HTTP ${answer.status}`, answer.status);
    await later(AGAIN);
  }
}

export async function upload(file: File, consent: string): Promise<string> {
  const form = new FormData();
  form.append("file", file);
  if (consent) form.append("consent", consent);
  return (await call<{ id: string }>("POST", "/api/v1/assets", form)).id;
}

/** Follows a job until it is over; a server that was killed is asked again until it answers. Returns how to stop. */
export function follow(id: string, heard: (job: Job, watch: number) => void): () => void {
  let ended = false, frames = 0, source: EventSource | null = null, timer = 0, busy = false, last: Job | null = null;
  const look = async () => {
    if (busy || ended) return;
    busy = true;
    try {
      last = await call<Job>("GET", `/api/v1/jobs/${id}`);
      if (!ended) heard(last, frames);
      if (OVER.includes(last.state)) source?.close();
    } catch (fault) {
      if (fault instanceof Refused && fault.status === 404) stop();
    } finally { busy = false; }
  };
  const open = () => {
    source = new EventSource(`/api/v1/jobs/${id}/events`);
    for (const kind of ["queued", "started", "progress", "phase", "note", "paused", "done", "failed", "cancelled", "preview"]) {
      source.addEventListener(kind, (event) => {
        if (kind === "preview") frames = JSON.parse((event as MessageEvent).data).frames;
        void look();
      });
    }
    source.onerror = () => {
      source?.close();
      if (!ended && !(last && OVER.includes(last.state))) setTimeout(open, 1500);
    };
  };
  const stop = () => { ended = true; source?.close(); clearInterval(timer); };
  void look();
  open();
  timer = window.setInterval(() => { if (!(last && OVER.includes(last.state))) void look(); }, 1500);
  return stop;
}

/** The job when it is over; raises `Refused` if it failed. */
export function finished(id: string): Promise<Job> {
  return new Promise((resolve, reject) => {
    const stop = follow(id, (job) => {
      if (!OVER.includes(job.state)) return;
      stop();
      if (job.state === "done") resolve(job);
      else reject(new Refused(job.error?.message ?? job.state, 400));
    });
  });
}
