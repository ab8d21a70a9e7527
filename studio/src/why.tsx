// Why it was planned so: the reasons of a shot, and what each expert claimed of the film. The service tells them in the language of the page.
import { useEffect, useState } from "preact/hooks";
import { call, type Reason, type Shot, type Storyline } from "./api";
import { language, t, term } from "./dictionary";

interface Reasons { shots: { id: string; why: Reason[] }[]; claims: (Reason & { round: number })[]; conflicts: { about: string; how: string }[] }
interface Given { id: string; saved: () => Promise<unknown> }

/** What the service tells of a plan once somebody wants to read it; `of` is what it is asked anew for. */
function useReasons({ id, saved }: Given, of: unknown): { told: Reasons | null; fault: string; read: (event: { currentTarget: HTMLDetailsElement }) => void } {
  const [told, tell] = useState<Reasons | null>(null), [fault, fail] = useState(""), [open, unfold] = useState(false), asked = JSON.stringify([open, of, language.value]);
  useEffect(() => {
    let left = false;
    if (open) void saved().then(() => call<Reasons>("GET", `/api/v1/projects/${id}/reasons?language=${language.value}`)).then((one) => { if (!left) tell(one); }, (one: Error) => { if (!left) fail(one.message); });
    return () => { left = true; };
  }, [asked]);
  return { told, fault, read: (event) => unfold(event.currentTarget.open) };
}

const List = ({ reasons }: { reasons: Reason[] }) => (
  <ul class="why">{reasons.map((one, index) => (
    <li key={index}><b class={`expert ${one.expert}`}>{term(one.expert)}</b><span>{one.claim}{one.evidence && <small>{one.evidence}</small>}</span>
      <meter min={0} max={1} value={one.confidence} aria-label={t("sure")} title={`${t("sure")} ${Math.round(one.confidence * 100)} %`} /></li>))}</ul>
);
const Wait = ({ fault }: { fault: string }) => <p class={fault ? "fault" : "hint"} role="status">{fault || t("loading")}</p>;

/** The reasons of a shot. */
export function Why({ shot, ...given }: Given & { shot: Shot }) {
  const { told, fault, read } = useReasons(given, shot.why), found = told?.shots.find((one) => one.id === shot.id);
  return <details class="whybox" onToggle={read}><summary>{t("why")}</summary>{found ? <List reasons={found.why} /> : <Wait fault={fault} />}</details>;
}

/** Who claimed what in which round, and how conflicts were settled. */
export function Claims({ story, ...given }: Given & { story: Storyline }) {
  const { claims = [] } = story.deliberation ?? {}, { told, fault, read } = useReasons(given, claims);
  if (!claims.length) return null;
  const rounds = [...new Set(told?.claims.map((one) => one.round))].sort();
  return (
    <details class="card claims" onToggle={read}><summary>{t("everythingClaimed")} ({claims.length})</summary>
      {!told && <Wait fault={fault} />}
      {rounds.map((round) => <div key={round}><h4>{t("whyRound")} {round}</h4><List reasons={told!.claims.filter((one) => one.round === round)} /></div>)}
      {told && told.conflicts.length > 0 && <><h4>{t("whySettled")}</h4><ul class="plainlist">{told.conflicts.map((one, index) => <li key={index}><b>{one.about}</b> {one.how}</li>)}</ul></>}
    </details>
  );
}
