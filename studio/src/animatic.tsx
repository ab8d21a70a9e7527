// The animatic beside the script: it plays at once, follows each edit, and gives each shot its picture.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { call, finished, type Job, type Shot, type Storyline } from "./api";
import { t } from "./dictionary";
import { moving } from "./states";

const PATIENCE = 900, LONGEST = 6000; // ms after the last edit; the shot that is looked at is filmed first, for so long at most
const SMALL = 144;

/** Nobody waits for this one any more. */
const stop = (job: string) => void call("POST", `/api/v1/jobs/${job}/cancel`, {}).catch(() => {});

interface Given { id: string; story: Storyline; saved: () => Promise<unknown>; clock: (at: number) => void; player: { current: HTMLVideoElement | null }; pictured: (pictures: string[]) => void; looking: { current: boolean } }

export function Animatic({ id, story, saved, clock, player, pictured, looking }: Given) {
  const [url, show] = useState(""), [busy, work] = useState(true), [fault, tell] = useState("");
  const drawn = useRef(""), turn = useRef(0), at = useRef(0), first = useRef(true), cut = useRef<Shot[]>([]), running = useRef("");
  const what = useMemo(() => JSON.stringify([story.shots.map(({ why: _, locked: _locked, ...shot }) => shot), story.lines, story.canvas, story.cast, story.seed]), [story]);
  useEffect(() => {
    const mine = ++turn.current, shots = story.shots;
    if (drawn.current === what) return work(false);
    const draw = async () => {
      work(true);
      tell("");
      try {
        await saved();
        const job = await call<Job>("POST", `/api/v1/projects/${id}/animatic`, {});
        if (mine !== turn.current) return stop(job.id);
        running.current = job.id;
        const done = await finished(job.id);
        if (mine !== turn.current) return;
        running.current = "";
        drawn.current = what;
        cut.current = shots;
        at.current = player.current?.currentTime ?? 0;
        show(done.urls.animatic ?? "");
      } catch (one) { if (mine === turn.current) tell((one as Error).message); }
      if (mine === turn.current) work(false);
    };
    const edited = Date.now(), turnOf = () => { timer = looking.current && Date.now() - edited < LONGEST ? window.setTimeout(turnOf, 100) : (void draw(), 0); };
    let timer = window.setTimeout(first.current ? () => void draw() : turnOf, first.current ? 0 : PATIENCE);
    first.current = false;
    return () => {
      turn.current++;
      clearTimeout(timer);
      if (running.current) stop(running.current);
      running.current = "";
    };
  }, [what]);
  useEffect(() => {
    if (!url) return;
    let left = false;
    void stills(url, cut.current).then((found) => { if (left) found.forEach((one) => URL.revokeObjectURL(one)); else pictured(found); });
    return () => { left = true; };
  }, [url]);
  useEffect(() => {
    let frame = 0, last = -1;
    const look = () => {
      const now = player.current?.currentTime ?? 0;
      if (now !== last) { last = now; clock(now); }
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, []);
  const { width, height } = story.canvas;
  return (
    <section class="animatic" aria-label={t("animatic")}>
      <div class="screen" style={{ aspectRatio: `${width} / ${height}`, maxWidth: `${(62 * width) / height}vh` }}>
        {url && <video ref={player} key={url} src={url} controls autoplay={moving()} muted={at.current === 0} loop playsInline aria-label={t("animatic")}
          onLoadedMetadata={(event) => { if (at.current) event.currentTarget.currentTime = Math.min(at.current, event.currentTarget.duration - 0.05); }} />}
        {busy && <p class={`wait ${url ? "corner" : ""}`}><span class="spin" aria-hidden="true" />{url ? t("updating") : t("drawing")}</p>}
      </div>
      <p class="row under"><b>{t("animatic")}</b><span role="status">{fault || t("redrawn")}</span></p>
    </section>
  );
}

/** A small picture from the middle of each shot. */
async function stills(url: string, shots: Shot[]): Promise<string[]> {
  const video = document.createElement("video"), found: string[] = [];
  Object.assign(video, { src: url, muted: true, preload: "auto" });
  const heard = (name: string) => new Promise<void>((resolve, reject) => { video.addEventListener(name, () => resolve(), { once: true }); video.addEventListener("error", () => reject(new Error(name)), { once: true }); });
  try {
    await heard("loadeddata");
    const canvas = document.createElement("canvas");
    canvas.height = SMALL;
    canvas.width = Math.round((SMALL * video.videoWidth) / video.videoHeight);
    for (const shot of shots.slice(0, 80)) {
      const there = heard("seeked");
      video.currentTime = Math.min((shot.span[0] + shot.span[1]) / 2, video.duration - 0.05);
      await there;
      canvas.getContext("2d")!.drawImage(video, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
      found.push(blob ? URL.createObjectURL(blob) : "");
    }
  } catch { /* without pictures, shots have numbers */ }
  return found;
}
