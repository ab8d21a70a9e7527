// What an editor does to a storyline: pure functions. A cue belongs to every shot that it overlaps, so it is one thing here.
import type { Cue, Segment, Shot, Span, Storyline } from "./api";

export const SHORTEST = 0.4;
const round = (value: number) => Math.round(value * 1000) / 1000;
const overlap = (one: Span, two: Span) => Math.max(0, Math.min(one[1], two[1]) - Math.max(one[0], two[0]));
const key = (value: unknown) => JSON.stringify(value);

export const length = (story: Storyline): number => story.shots.at(-1)!.span[1];
export const shotAt = (story: Storyline, at: number): number => {
  const found = story.shots.findIndex((shot) => at < shot.span[1] - 1e-6);
  return found < 0 ? story.shots.length - 1 : found;
};

/** All cues, each once, in order. */
export function cuesOf(story: Storyline): Cue[] {
  const found = new Map<string, Cue>();
  for (const shot of story.shots) for (const cue of shot.direction.cues) found.set(key(cue), cue);
  return [...found.values()].sort((one, two) => one.span[0] - two.span[0] || one.kind.localeCompare(two.kind));
}

/** The storyline with these cues, each once in the shots that it overlaps and in which its character is. */
export function withCues(story: Storyline, all: Cue[]): Storyline {
  const cues = [...new Map(all.map((cue) => [key(cue), cue])).values()];
  return { ...story, shots: story.shots.map((shot) => ({ ...shot, direction: { ...shot.direction, cues: cues.filter((cue) => belongs(cue, shot)) } })) };
}

const belongs = (cue: Cue, shot: Shot) => overlap(cue.span, shot.span) > 0.02 && (cue.who === null || shot.cast.includes(cue.who));

export function changeCue(story: Storyline, old: Cue, next: Cue | null): Storyline {
  const name = key(old);
  return withCues(story, cuesOf(story).flatMap((cue) => (key(cue) !== name ? [cue] : next ? [next] : [])));
}

export const addCue = (story: Storyline, cue: Cue): Storyline => withCues(story, [...cuesOf(story), cue]);

export const changeShot = (story: Storyline, at: number, change: Partial<Shot>): Storyline =>
  ({ ...story, shots: story.shots.map((shot, place) => (place === at ? { ...shot, ...change } : shot)) });

/** The part of a film's segments that lies in a span. */
function heard(all: Segment[], span: Span): Segment[] {
  return all.filter((one) => overlap(one.span, span) > 0.05)
    .map((one) => ({ ...one, span: [Math.max(one.span[0], span[0]), Math.min(one.span[1], span[1])] as Span }));
}

/** Segments of a film, with those that a cut had parted joined again. */
function spoken(story: Storyline): Segment[] {
  const found: Segment[] = [];
  for (const one of story.shots.flatMap((shot) => shot.segments)) {
    const before = found.findLast((other) => other.who === one.who && other.text === one.text && Math.abs(other.span[1] - one.span[0]) < 0.002);
    if (before) before.span = [before.span[0], one.span[1]];
    else found.push({ ...one, span: [...one.span] });
  }
  return found;
}

/** Other shots for the same film: what is heard and what happens is dealt to them by time; each has an id of its own. */
function recut(story: Storyline, shots: Shot[], cues = cuesOf(story)): Storyline {
  const segments = spoken(story), seen = new Set<string>();
  const made = shots.map((shot) => {
    const here = heard(segments, shot.span), speakers = [...new Set(here.flatMap((one) => (one.who && one.heard !== "silence" ? [one.who] : [])))];
    const listening = speakers.filter((to) => !story.cast.some((one) => one.name === to && one.off_screen)).flatMap((to) => shot.cast.filter((who) => who !== to).map((who) => ({ who, to })));
    const id = shot.id && !seen.has(shot.id) ? shot.id : fresh([...shots.map((one) => one.id), ...seen]);
    seen.add(id);
    return { ...shot, id, segments: here, speakers, listening };
  });
  return withCues({ ...story, shots: made }, cues);
}

function fresh(taken: string[]): string {
  let number = 1;
  while (taken.includes(`shot-${number}`)) number++;
  return `shot-${number}`;
}

/** A move of the camera begins and ends with its shot, wherever that is cut. */
const withCamera = (cues: Cue[], from: number, to: number): Cue[] => cues.map((cue) => (cue.kind !== "camera" ? cue
  : { ...cue, span: cue.span.map((at) => (Math.abs(at - from) < 0.011 ? to : at)) as Span }));

/** Moves the cut after a shot, as far as its neighbours allow. */
export function moveCut(story: Storyline, at: number, to: number): Storyline {
  const one = story.shots[at]!, two = story.shots[at + 1]!;
  const cut = round(Math.min(Math.max(to, one.span[0] + SHORTEST), two.span[1] - SHORTEST));
  const shots = story.shots.map((shot, place): Shot => (place === at ? { ...shot, span: [shot.span[0], cut] } : place === at + 1 ? { ...shot, span: [cut, shot.span[1]] } : shot));
  return recut(story, shots, withCamera(cuesOf(story), one.span[1], cut));
}

export const canSplit = (story: Storyline, at: number): boolean => {
  const { span } = story.shots[shotAt(story, at)]!;
  return at - span[0] > SHORTEST - 1e-6 && span[1] - at > SHORTEST - 1e-6;
};

export function split(story: Storyline, at: number): Storyline {
  if (!canSplit(story, at)) return story;
  const place = shotAt(story, at), shot = story.shots[place]!, cut = round(at);
  const parts: Shot[] = [{ ...shot, span: [shot.span[0], cut] }, { ...shot, span: [cut, shot.span[1]], id: "", why: [] }];
  return recut(story, story.shots.toSpliced(place, 1, ...parts));
}

/** A copy of a shot, in the second half of its time. */
export const duplicate = (story: Storyline, place: number): Storyline => {
  const { span } = story.shots[place]!;
  return split(story, (span[0] + span[1]) / 2);
};

/** A new shot of everybody within another one, from an instant on, at most two seconds long. */
export function insert(story: Storyline, at: number): Storyline {
  if (!canSplit(story, at)) return story;
  const place = shotAt(story, at), shot = story.shots[place]!, [start, end] = shot.span, from = round(at), to = end - from < 2 + SHORTEST ? end : round(from + 2);
  const plain: Shot = { ...shot, span: [from, to], id: "", framing: "", focus: [], why: [], locked: false };
  const parts: Shot[] = [{ ...shot, span: [start, from] }, plain, ...(to < end ? [{ ...shot, span: [to, end] as Span, id: "", why: [] }] : [])];
  return recut(story, story.shots.toSpliced(place, 1, ...parts));
}

/** One shot of two neighbours, as the first of them is. */
export function merge(story: Storyline, at: number): Storyline {
  const one = story.shots[at], two = story.shots[at + 1];
  return one && two ? recut(story, story.shots.toSpliced(at, 2, { ...one, span: [one.span[0], two.span[1]] })) : story;
}

/** Without a shot: the one before it (else the one after it) lasts longer, as the voices go on. */
export function remove(story: Storyline, at: number): Storyline {
  if (story.shots.length < 2) return story;
  const gone = story.shots[at]!, shots = story.shots.toSpliced(at, 1);
  if (at > 0) shots[at - 1] = { ...shots[at - 1]!, span: [shots[at - 1]!.span[0], gone.span[1]] };
  else shots[0] = { ...shots[0]!, span: [0, shots[0]!.span[1]] };
  return recut(story, shots, cuesOf(story).filter((cue) => cue.kind !== "camera" || !within(cue.span, gone.span)));
}

const within = (inner: Span, outer: Span) => inner[0] >= outer[0] - 0.011 && inner[1] <= outer[1] + 0.011;

/** Exchanges a shot and the next one: the pictures and what happens in them; the voices stay where they are. */
export function swap(story: Storyline, at: number): Storyline {
  const one = story.shots[at], two = story.shots[at + 1];
  if (!one || !two) return story;
  const cut = round(one.span[0] + two.span[1] - two.span[0]);
  const later = cut - one.span[0], earlier = two.span[0] - one.span[0];
  const moved = cuesOf(story).map((cue) => {
    if (cue.at || !(within(cue.span, one.span) || within(cue.span, two.span))) return cue;
    const by = within(cue.span, one.span) ? later : -earlier;
    return { ...cue, span: [round(cue.span[0] + by), round(cue.span[1] + by)] as Span };
  });
  return recut(story, story.shots.toSpliced(at, 2, { ...two, span: [one.span[0], cut] }, { ...one, span: [cut, two.span[1]] }), moved);
}

/** A cue moved or made longer, inside the film; it leaves its word. */
export function timed(cue: Cue, span: Span, whole: number): Cue {
  const start = round(Math.max(0, Math.min(span[0], whole - 0.1))), end = round(Math.max(start + 0.1, Math.min(span[1], whole)));
  return { ...cue, span: [start, end], at: null };
}

export const PARTS = ["framing", "words", "avoid", "emotion", "action", "camera"] as const;
export const isLocked = (shot: Shot, part: string): boolean => shot.locked === true || (Array.isArray(shot.locked) && shot.locked.includes(part));

/** Locks or frees one part of a shot; a shot all of which was locked keeps the others. */
export function lockPart(shot: Shot, part: string): Shot {
  const all = ["span", "picture", ...PARTS], now = shot.locked === true ? all : Array.isArray(shot.locked) ? shot.locked : [];
  const next = now.includes(part) ? now.filter((one) => one !== part) : [...now, part];
  return { ...shot, locked: next.length === all.length ? true : next.some((one) => PARTS.includes(one as never)) ? next : false };
}
