// The film on its clock: a lane for each voice, the shots, and what happens.
import type { Cue, Span, Storyline } from "./api";
import { t, term } from "./dictionary";

const part = ([start, end]: Span, whole: number) => ({ left: `${(100 * start) / whole}%`, width: `${(100 * (end - start)) / whole}%` });

/** Cues in as few rows as their overlaps allow; one that several shots share is shown once. */
function packed(cues: Cue[]): Cue[][] {
  const rows: Cue[][] = [], seen = new Set<string>();
  for (const cue of [...cues].sort((one, other) => one.span[0] - other.span[0])) {
    const key = JSON.stringify([cue.what, cue.who, cue.span]);
    if (seen.has(key)) continue;
    seen.add(key);
    const row = rows.find((one) => one.at(-1)!.span[1] <= cue.span[0] + 0.001);
    if (row) row.push(cue); else rows.push([cue]);
  }
  return rows;
}

export function Timeline({ story }: { story: Storyline }) {
  const whole = story.shots.at(-1)!.span[1];
  const step = [0.5, 1, 2, 5, 10, 30, 60, 300].find((one) => whole / one <= 12) ?? 600;
  const ticks = Array.from({ length: Math.floor(whole / step) + 1 }, (_, index) => index * step);
  const told = (cue: Cue) => `${cue.who ? `${cue.who}: ` : ""}${term(cue.what)}`;
  const cues = (kinds: string[]) => story.shots.flatMap((shot) => shot.direction.cues).filter((cue) => kinds.includes(cue.kind));
  const lanes: [string, Cue[]][] = [[t("emotion"), cues(["emotion"])], [t("action"), cues(["action"])], [t("camera"), cues(["camera"])]];
  return (
    <section class="card timeline" aria-label={t("timeline")}>
      <div class="lane ruler" aria-hidden="true"><span />
        <div>{ticks.filter((at) => !at || at < whole - 0.35 * step).map((at) => <i key={at} style={{ left: `${(100 * at) / whole}%` }}>{at}s</i>)}</div></div>
      <div class="lane"><span>{t("shots")}</span><div>
        {story.shots.map((shot, index) => <b class="shotspan" key={index} style={part(shot.span, whole)} title={`${shot.span[0]}–${shot.span[1]} s`}>{index + 1}</b>)}</div></div>
      {story.cast.map((who, place) => (
        <div class="lane" key={who.name}><span>{who.name}</span><div>
          {story.shots.flatMap((shot) => shot.segments).filter((one) => one.who === who.name && one.heard !== "silence")
            .map((one, index) => <b class={`voice who${place % 4}`} key={index} style={part(one.span, whole)} title={one.text}>{one.text}</b>)}</div></div>
      ))}
      {lanes.filter(([, found]) => found.length).map(([name, found]) => (
        <div class="lane" key={name}><span>{name}</span><div class="stack">{packed(found).map((row, place) => (
          <div key={place}>{row.map((cue, index) => <b class={`cue ${cue.kind} power${Math.round(cue.intensity * 3)}`} key={index}
            style={part(cue.span, whole)} title={told(cue)}>{told(cue)}</b>)}</div>))}</div></div>
      ))}
    </section>
  );
}
