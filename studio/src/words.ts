// The words of a line, counted as the package counts them (src/dramatis/director/audio/transcripts.py): a Chinese character is one.
import type { Line } from "./api";

/** What a line looks and sounds like, from the service; times are seconds from its start. */
export interface Voice { seconds: number; peaks: number[]; spoken: boolean; words: [string, number, number][] }
export interface Token { text: string; spaced: boolean; start: number | null; end: number | null; pause: number }

const MARK = /\[pause(?:\s+([\d.]+))?\]/gi, WIDE = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
const WORD = new RegExp(`[${WIDE}]|(?:(?![${WIDE}])[\\p{L}\\p{N}])(?:(?![${WIDE}])[\\p{L}\\p{N}'’-])*`, "gu");
const USUAL = 0.5;

export const plain = (text: string): string => text.replace(/\[[^\]\n]*\]/g, " ").replace(/\*([^*\n]+)\*/g, "$1").replace(/\s+/g, " ").trim();
const count = (text: string) => plain(text).match(WORD)?.length ?? 0;

/** Words with their punctuation, when they are said, and the pause before each (0: none). */
export function tokens(line: Line, voice: Voice | undefined): Token[] {
  const text = plain(line.text), found = [...text.matchAll(WORD)].map((match) => match.index);
  const known = voice && voice.words.length === found.length ? voice.words : null;
  const starts = found.map((at, place) => {
    if (place === 0) return 0;
    const between = text.slice(0, at).match(/[\s“‘([{「『《（¿¡]*$/u)?.[0] ?? "";
    return at - between.trimStart().length;
  });
  const made = starts.map((at, place): Token => {
    const part = text.slice(at, starts[place + 1] ?? text.length);
    return { text: part.trim(), spaced: place > 0 && /\s/.test(text[at - 1] ?? part[0] ?? ""), start: known?.[place]![1] ?? null, end: known?.[place]![2] ?? null, pause: 0 };
  });
  for (const mark of line.text.matchAll(MARK)) {
    const token = made[count(line.text.slice(0, mark.index))];
    if (token) token.pause = Number(mark[1] ?? USUAL);
  }
  return made;
}

/** A line's text with a pause before one of its words (0 seconds: none). */
export function paused(text: string, word: number, seconds: number): string {
  const marks = [...text.matchAll(MARK)].filter((mark) => count(text.slice(0, mark.index)) === word);
  const bare = marks.reverse().reduce((all, mark) => `${all.slice(0, mark.index)}${all.slice(mark.index + mark[0].length).trimStart()}`, text);
  if (!seconds) return bare.trim();
  let at = 0, place = 0;
  for (const match of bare.matchAll(new RegExp(`\\[[^\\]\\n]*\\]|${WORD.source}`, "gu"))) {
    if (match[0].startsWith("[")) continue;
    if (place++ === word) { at = match.index; break; }
  }
  return `${bare.slice(0, at)}[pause ${seconds}] ${bare.slice(at)}`;
}
