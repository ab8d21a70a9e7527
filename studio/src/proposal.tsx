// What planning again would change, beside what is there: nothing is replaced unless it is taken, field by field.
import { useState } from "preact/hooks";
import type { Cue, Kind, Shot, Storyline } from "./api";
import { shotsOf, t, term } from "./dictionary";
import { cuesOf, isLocked, withCues } from "./edits";
import { framing } from "./shot";

interface Change { name: string; shot: number | null; what: string; now: string; offered: string; own: boolean; take: (story: Storyline) => Storyline }

const overlap = (one: Shot, two: Shot) => Math.min(one.span[1], two.span[1]) - Math.max(one.span[0], two.span[0]);
const nearest = (story: Storyline, shot: Shot) => story.shots.reduce((best, one) => (overlap(one, shot) > overlap(best, shot) ? one : best));
const told = (cues: Cue[]) => cues.map((cue) => `${cue.who ? `${cue.who} ` : ""}${term(cue.what)} ${cue.span[0].toFixed(1)}–${cue.span[1].toFixed(1)} s (${Math.round(cue.intensity * 100)} %)`).join("; ");
const at = (story: Storyline, place: number, change: Partial<Shot>): Storyline => ({ ...story, shots: story.shots.map((shot, index) => (index === place ? { ...shot, ...change } : shot)) });
/** The moves of another shot, for the time of this one. */
const moves = (like: Shot, shot: Shot) => like.direction.cues.filter((cue) => cue.kind === "camera")
  .map((cue) => (cue.span[0] <= like.span[0] + 0.02 && cue.span[1] >= like.span[1] - 0.02 ? { ...cue, span: shot.span } : cue));
/** Whether somebody put one of these cues there: no expert of the plan had asked for it. */
const byHand = (cues: Cue[], { deliberation }: Storyline) => cues.some((cue) => !deliberation?.claims.some((one) => one.kind === cue.kind && one.what === cue.what && (!one.who || !cue.who || one.who === cue.who)));
const middle = (cue: Cue) => (cue.span[0] + cue.span[1]) / 2;

/** The changes from one plan to another for the same voices; locked parts are none. */
export function changes(mine: Storyline, theirs: Storyline): Change[] {
  const found: Change[] = [];
  const cuts = (story: Storyline) => story.shots.map((shot) => shot.span[1].toFixed(1)).join(" | ");
  const put = (name: string, shot: number | null, what: string, now: string, offered: string, take: Change["take"], own = false) => { if (now !== offered) found.push({ name, shot, what, now, offered, own, take }); };
  put("cuts", null, `${t("cuts")}: ${mine.shots.length} → ${shotsOf(theirs.shots.length)}`, cuts(mine), cuts(theirs), (story) => ({ ...story, shots: theirs.shots }));
  mine.cast.forEach((who, place) => {
    const look = theirs.cast.find((one) => one.name === who.name)?.look ?? who.look;
    put(`look ${who.name}`, null, `${t("looksOf")} ${who.name}`, who.look, look, (story) => ({ ...story, cast: story.cast.map((one, index) => (index === place ? { ...one, look } : one)) }));
  });
  mine.shots.forEach((shot, place) => {
    const like = nearest(theirs, shot);
    const seen = (one: Shot) => `${framing(one.framing)}, ${one.focus.join(", ") || t("everybody")}`;
    if (!isLocked(shot, "framing")) put(`framing ${place}`, place, t("framing"), seen(shot), seen(like), (story) => at(story, place, { framing: like.framing, focus: like.focus.filter((name) => shot.cast.includes(name)) }));
    if (!isLocked(shot, "words")) put(`words ${place}`, place, t("look"), shot.direction.words, like.direction.words, (story) => at(story, place, { direction: { ...story.shots[place]!.direction, words: like.direction.words } }));
    if (!isLocked(shot, "avoid")) put(`avoid ${place}`, place, t("avoid"), shot.direction.avoid, like.direction.avoid, (story) => at(story, place, { direction: { ...story.shots[place]!.direction, avoid: like.direction.avoid } }));
    for (const kind of ["emotion", "action", "camera"] as Kind[]) {
      if (isLocked(shot, kind)) continue;
      const own = (story: Storyline) => cuesOf(story).filter((cue) => cue.kind === kind && middle(cue) >= shot.span[0] && middle(cue) < shot.span[1]);
      const now = own(mine), offered = kind === "camera" ? moves(like, shot) : own(theirs);
      put(`${kind} ${place}`, place, t(kind), told(now), told(offered), (story) => {
        const gone = new Set(own(story).map((cue) => JSON.stringify(cue)));
        return withCues(story, [...cuesOf(story).filter((cue) => !gone.has(JSON.stringify(cue))), ...offered]);
      }, byHand(now, mine));
    }
  });
  return found;
}

interface Given { mine: Storyline; theirs: Storyline; notes: string[]; take: (story: Storyline) => void; leave: () => void }

export function Proposal({ mine, theirs, notes, take, leave }: Given) {
  const found = changes(mine, theirs), [ticked, tick] = useState<string[]>(found.filter((one) => one.name !== "cuts" && !one.own).map((one) => one.name));
  const recut = ticked.includes("cuts");
  const chosen = found.filter((one) => ticked.includes(one.name) && (!recut || one.shot === null));
  const done = (list: Change[]) => {
    const next = list.reduce((story, one) => one.take(story), mine), changed = new Set(list.map((one) => one.shot));
    const shots = next.shots.map((shot, place) => (changed.has(place) ? { ...shot, why: nearest(theirs, shot).why } : shot));
    take({ ...next, shots, concept: theirs.concept, deliberation: theirs.deliberation } as Storyline);
  };
  const toggle = (name: string) => tick(ticked.includes(name) ? ticked.filter((one) => one !== name) : [...ticked, name]);
  return (
    <section class="card proposal" aria-label={t("proposal")}>
      <h2>{t("proposal")}</h2>
      <p class="hint">{found.length ? `${t("proposalAbout")} ${t("lockedStay")}` : t("noChange")}</p>
      <ul>{found.map((one) => (
        <li key={one.name} class={recut && one.shot !== null ? "covered" : ""}>
          <label class="tick"><input type="checkbox" checked={ticked.includes(one.name)} disabled={recut && one.shot !== null} onChange={() => toggle(one.name)} />
            <b>{one.shot !== null && `${t("shot")} ${one.shot + 1} · `}{one.what}</b>{one.own && <small class="tag">{t("yours")}</small>}</label>
          <p><del>{one.now || t("nobody")}</del> <ins>{one.offered || t("nobody")}</ins></p>
        </li>))}</ul>
      {notes.length > 0 && <details><summary>{t("notes")} ({notes.length})</summary><ul class="plainlist">{notes.map((note) => <li key={note}>{note}</li>)}</ul></details>}
      <p class="row">
        {found.length > 0 && <button class="main" disabled={!chosen.length} onClick={() => done(chosen)}>{t("takeChosen")} ({chosen.length})</button>}
        <button onClick={leave}>{t("leaveIt")}</button></p>
    </section>
  );
}
