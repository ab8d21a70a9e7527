// Guided editing: another voice, words, language, background, picture; of the film, of the shot that is looked at, or of a span.
import { useRef, useState } from "preact/hooks";
import { call, upload, type Storyline } from "./api";
import { t, type Word } from "./dictionary";
import { changeShot } from "./edits";
import { Region, type Percent } from "./region";

const KINDS = ["opVoice", "opWords", "opTranslate", "opExtend", "opBackground", "opPicture", "opLook", "opKeep"] as const;
type Kind = (typeof KINDS)[number];
const PLACES = ["wholeFilm", "thisShot", "aSpan"] as const;
const EARLY = 0.1; // s by which a line may begin before the place that means it, as in the service
interface Given { id: string; story: Storyline; at: number; edit: (story: Storyline) => void; saved: () => Promise<unknown> }
/** `text` is null as long as nobody typed. */
interface Form { kind: Kind; place: (typeof PLACES)[number]; who: string; text: string | null; consent: string; from: number; to: number; region: Percent }

const drawn = (story: Storyline) => !story.cast.some((who) => who.portrait);
/** What a kind of edit needs of the form. */
const asks = (kind: Kind, story: Storyline) => ({
  who: !["opTranslate", "opBackground", "opKeep"].includes(kind),
  file: kind === "opVoice" || kind === "opPicture" || (kind === "opBackground" && !drawn(story)),
  text: ["opWords", "opTranslate", "opExtend", "opLook"].includes(kind) || (kind === "opBackground" && drawn(story)),
  place: kind !== "opExtend" && kind !== "opLook",
});

/** What somebody says in the place that is edited, a line each: what other words begin with. */
function saidThere(form: Form, story: Storyline, at: number): string {
  const [from, to] = form.place === "wholeFilm" ? [0, Infinity] : form.place === "aSpan" ? [form.from, form.to] : story.shots[at]!.span;
  return story.lines.filter((line) => line.who === form.who && line.start >= from - EARLY && line.start < to).map((line) => line.text).join("\n");
}

async function body(form: Form, story: Storyline, at: number, text: string, files: File[]): Promise<Record<string, unknown>> {
  const assets: string[] = [], { who } = form;
  for (const file of files) assets.push(await upload(file, form.consent));
  const asset = assets[0];
  const made: Record<Kind, object> = {
    opVoice: { lines: assets.map((sound) => ({ who, sound })) }, opWords: { lines: text.split("\n").filter((line) => line.trim()).map((line) => ({ who, text: line.trim() })) },
    opTranslate: { translate: text }, opExtend: { extend: [{ who, text }] }, opBackground: { background: asset ?? text }, opPicture: { portraits: [[who, asset]] },
    opLook: { looks: [[who, text]] }, opKeep: { keep: form.region.map((one) => one / 100) },
  };
  const place = !asks(form.kind, story).place || form.place === "wholeFilm" ? {} : form.place === "thisShot" ? { shot: at + 1 } : { span: [form.from, form.to] };
  return { ...made[form.kind], ...place };
}

export function Guided({ id, story, at, edit, saved }: Given) {
  const shot = story.shots[at]!, chosen = useRef<HTMLInputElement>(null), [busy, work] = useState(false), [fault, tell] = useState("");
  const [form, fill] = useState<Form>({ kind: drawn(story) ? "opWords" : "opVoice", place: "thisShot", who: story.cast[0]?.name ?? "", text: null, consent: "permission", from: shot.span[0], to: shot.span[1], region: [0, 0, 50, 100] });
  const set = (change: Partial<Form>) => { const next = { ...form, ...change }; fill({ ...next, text: change.text ?? (change.kind || (next.kind === "opWords" && !change.region) ? null : form.text) }); tell(""); };
  const text = form.text ?? (form.kind === "opWords" ? saidThere(form, story, at) : "");
  const needs = asks(form.kind, story), kinds = KINDS.filter((kind) => (drawn(story) ? kind !== "opPicture" && kind !== "opKeep" : kind !== "opLook"));
  const send = async (event: Event) => {
    event.preventDefault();
    const files = needs.file ? [...(chosen.current?.files ?? [])] : [];
    if (needs.file && !files.length) return tell(t("needFile"));
    if (needs.text && !text.trim()) return tell(t("needText"));
    work(true);
    try {
      await saved();
      edit(await call<Storyline>("POST", `/api/v1/projects/${id}/edits`, await body(form, story, at, text.trim(), files)));
      fill({ ...form, text: null });
      tell("");
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  const hint: Partial<Record<Kind, Word>> = { opWords: "lineEach", opTranslate: "languageOf", opLook: "lookWords", opBackground: "placeWords" };
  const second = (value: number, change: (to: number) => void, name: Word) => (
    <label>{t(name)}<input type="number" min={0} step={0.1} value={Math.round(value * 100) / 100} onInput={(event) => change(Number(event.currentTarget.value))} /></label>);
  return (
    <form class="card guided" onSubmit={send} aria-label={t("guided")}>
      <h3>{t("guided")} <small>{t("guidedAbout")}</small></h3>
      <div class="choices">
        <label>{t("what")}<select value={form.kind} onChange={(event) => set({ kind: event.currentTarget.value as Kind })}>{kinds.map((kind) => <option key={kind} value={kind}>{t(kind)}</option>)}</select></label>
        {needs.who && <label>{t("character")}<select value={form.who} onChange={(event) => set({ who: event.currentTarget.value })}>{story.cast.map((who) => <option key={who.name}>{who.name}</option>)}</select></label>}
        {needs.place && <label>{t("where")}<select value={form.place} onChange={(event) => set({ place: event.currentTarget.value as Form["place"], from: shot.span[0], to: shot.span[1] })}>{PLACES.map((place) => <option key={place} value={place}>{t(place)}{place === "thisShot" ? ` (${at + 1})` : ""}</option>)}</select></label>}
        {needs.place && form.place === "aSpan" && <>{second(form.from, (from) => set({ from }), "from")}{second(form.to, (to) => set({ to }), "to")}</>}
        {needs.file && <label>{t("file")}<input ref={chosen} type="file" multiple={form.kind === "opVoice"} accept={form.kind === "opVoice" ? "audio/*,video/*" : "image/*"} onChange={() => tell("")} /></label>}
        {needs.file && form.kind !== "opBackground" && <label>{t("consent")}<select value={form.consent} onChange={(event) => set({ consent: event.currentTarget.value })}>{(["self", "permission", "fictional", "licensed"] as const).map((one) => <option key={one} value={one}>{t(one)}</option>)}</select></label>}
      </div>
      {form.kind === "opVoice" && <p class="hint">{t("fileEach")}</p>}
      {form.kind === "opKeep" && <Region shot={shot} region={form.region} change={(region) => set({ region })} release={(gone) => edit(changeShot(story, at, { direction: { ...shot.direction, keep: shot.direction.keep!.filter((_, place) => place !== gone) } }))} />}
      {needs.text && <label>{t(hint[form.kind] ?? "text")}<textarea rows={form.kind === "opWords" ? Math.max(2, text.split("\n").length) : form.kind === "opExtend" ? 2 : 1} value={text} onInput={(event) => set({ text: event.currentTarget.value })} /></label>}
      <p class="row"><button disabled={busy}>{busy ? <><span class="spin" aria-hidden="true" />{t("applying")}</> : t("apply")}</button><span class="fault" role="alert">{fault}</span></p>
    </form>
  );
}
