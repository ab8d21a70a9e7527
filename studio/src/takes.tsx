// The shot that is looked at: a preview that follows each edit, and its takes, which are filmed, compared and chosen.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { asked, call, Refused, type Job, type Shot, type Storyline } from "./api";
import { t } from "./dictionary";
import { moving } from "./states";

const PATIENCE = 120; // ms after the last edit
const AGAIN = 1500; // ms between looks at takes that are being filmed

export interface Take { id: string; state: Job["state"]; seed: number; shot: Shot; start: number; end: number; current: boolean; chosen: boolean; progress: number; film: string | null }
const identity = (shot: Shot) => ({ id: (shot as Shot & { id?: string }).id });
interface Given { id: string; story: Storyline; at: number; edit: (story: Storyline) => void; saved: () => Promise<unknown>; tell: (fault: string) => void; looking: (busy: boolean) => void }

export function ShotDesk(given: Given) {
  return (
    <div class="shotdesk">
      <Preview key={identity(given.story.shots[given.at]!).id ?? given.at} {...given} />
      <Takes {...given} />
    </div>
  );
}

/** A small film of the shot as it is being edited; a newer edit cancels the older one. */
function Preview({ id, story, at, looking }: Given) {
  const [url, show] = useState(""), [busy, work] = useState(true), [fault, tell] = useState("");
  useEffect(() => looking(busy), [busy]);
  const what = useMemo(() => JSON.stringify([story.shots[at], story.lines, story.cast, story.canvas, story.seed]), [story, at]);
  useEffect(() => {
    const stopped = new AbortController();
    const film = async () => {
      try {
        const { deliberation: _, ...bare } = story as Storyline & { deliberation?: unknown };
        const answer = await asked(`/api/v1/projects/${id}/shots/${at + 1}/preview`, {
          method: "POST", signal: stopped.signal, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ storyline: bare }),
        });
        if (answer.status === 409) return;
        if (!answer.ok) throw new Refused((await answer.json()).error.message, answer.status);
        const made = URL.createObjectURL(await answer.blob());
        show((before) => { if (before) URL.revokeObjectURL(before); return made; });
        tell("");
        work(false);
      } catch (one) {
        if (stopped.signal.aborted) return;
        tell((one as Error).message);
        work(false);
      }
    };
    work(true);
    const timer = setTimeout(() => void film(), PATIENCE);
    return () => { clearTimeout(timer); stopped.abort(); };
  }, [what, at]);
  const { width, height } = story.canvas;
  return (
    <section class="card lookedat" aria-label={t("lookedAt")}>
      <h3>{t("lookedAt")} <small role="status">{fault || (busy ? t("previewing") : t("previewFresh"))}</small></h3>
      <div class="screen" style={{ aspectRatio: `${width} / ${height}` }}>
        {url && <video src={url} autoplay={moving()} muted loop playsInline controls aria-label={`${t("shot")} ${at + 1}`} />}
        {busy && <p class={`wait ${url ? "corner" : ""}`}><span class="spin" aria-hidden="true" /></p>}
      </div>
    </section>
  );
}

function Takes({ id, story, at, edit, saved, tell }: Given) {
  const [takes, list] = useState<Take[] | null>(null), [marked, mark] = useState<string[]>([]), [round, again] = useState(0);
  const base = `/api/v1/projects/${id}/shots/${at + 1}/takes`, shot = useMemo(() => JSON.stringify(story.shots[at]), [story, at]);
  useEffect(() => {
    let left = false, timer = 0;
    const look = () => saved().then(() => call<{ data: Take[] }>("GET", base)).then(({ data }) => {
      if (left) return;
      list(data);
      if (data.some((one) => one.state !== "done")) timer = window.setTimeout(look, AGAIN);
    }, (fault: Error) => { if (!left && !(fault instanceof Refused && fault.status === 404)) timer = window.setTimeout(look, AGAIN); });
    void look();
    return () => { left = true; clearTimeout(timer); };
  }, [base, shot, round]);
  useEffect(() => mark([]), [base]);
  const film = () => saved().then(() => call<Job>("POST", base, {})).then(() => again(round + 1), (fault: Error) => tell(fault.message));
  const use = (take: Take) => edit({ ...story, shots: story.shots.map((one, place) => (place === at ? { ...take.shot, ...identity(one), span: take.current ? take.shot.span : one.span } : one)) });
  const both = (takes ?? []).filter((one) => marked.includes(one.id) && one.film);
  return (
    <section class="card takes" aria-label={t("takes")}>
      <h3>{t("takes")} <small>{t("takesAbout")}</small></h3>
      {takes && !takes.length && <p class="hint">{t("noTakes")}</p>}
      <ul>{takes?.map((take) => (
        <li key={take.id} class={take.chosen ? "chosen" : ""}>
          {take.film ? <video src={`${take.film}#t=${take.start},${take.end}`} preload="metadata" muted playsInline controls aria-label={`${t("seed")} ${take.seed}`} />
            : <p class="wait"><span class="spin" aria-hidden="true" />{Math.round(100 * take.progress)} %</p>}
          <p class="row"><span>{t("seed")} {take.seed}{take.chosen ? ` · ${t("chosenTake")}` : take.current ? "" : ` · ${t("oldTake")}`}</span>
            {take.film && !take.chosen && <button onClick={() => use(take)}>{t("useTake")}</button>}
            {take.film && <label class="check"><input type="checkbox" checked={marked.includes(take.id)} onChange={() => mark(marked.includes(take.id) ? marked.filter((one) => one !== take.id) : [...marked, take.id].slice(-2))} />{t("compare")}<span class="hidden"> {t("seed")} {take.seed}</span></label>}</p>
        </li>))}</ul>
      <p class="row"><button onClick={film}>{t(takes?.length ? "anotherTake" : "firstTake")}</button>{both.length === 1 && <small>{t("pickTwo")}</small>}</p>
      {both.length === 2 && <Compare key={both.map((one) => one.id).join()} one={both[0]!} other={both[1]!} close={() => mark([])} />}
    </section>
  );
}

/** Two takes on one clock: whatever one does, the other does, too. */
function Compare({ one, other, close }: { one: Take; other: Take; close: () => void }) {
  const left = useRef<HTMLVideoElement>(null), right = useRef<HTMLVideoElement>(null), [at, turn] = useState(0), [playing, run] = useState(false);
  const length = Math.min(one.end - one.start, other.end - other.start);
  const seek = (to: number) => {
    turn(to);
    if (left.current) left.current.currentTime = one.start + to;
    if (right.current) right.current.currentTime = other.start + to;
  };
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    const [a, b] = [left.current!, right.current!];
    void Promise.all([a.play(), b.play()]).catch(() => run(false));
    const look = () => {
      const now = a.currentTime - one.start, drift = b.currentTime - other.start - now;
      if (Math.abs(drift) > 0.04) b.currentTime = other.start + now;
      turn(Math.max(0, now));
      if (now >= length - 0.02) { seek(0); }
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => { cancelAnimationFrame(frame); a.pause(); b.pause(); };
  }, [playing]);
  const screen = (take: Take, video: typeof left, sound: boolean) => (
    <figure><video ref={video} src={take.film!} muted={!sound} preload="auto" playsInline onLoadedMetadata={(event) => { event.currentTarget.currentTime = take.start; }} aria-label={`${t("seed")} ${take.seed}`} />
      <figcaption>{t("seed")} {take.seed}</figcaption></figure>);
  return (
    <div class="compare" role="group" aria-label={t("comparing")}>
      <div class="pair">{screen(one, left, true)}{screen(other, right, false)}</div>
      <p class="row"><button class="main" aria-pressed={playing} onClick={() => run(!playing)}>{t(playing ? "pauseBoth" : "playBoth")}</button>
        <input type="range" min={0} max={length} step={0.02} value={at} aria-label={t("position")} onInput={(event) => { run(false); seek(Number(event.currentTarget.value)); }} />
        <button class="quiet" onClick={close}>{t("closeCompare")}</button></p>
    </div>
  );
}
