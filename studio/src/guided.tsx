// Guided editing: another voice, words, language, background, picture; of the film, of the shot that is looked at, or of a span.
import { useRef, useState } from "preact/hooks";
import { call, upload, type Storyline } from "./api";
import { t, type Word } from "./dictionary";

const KINDS = ["opVoice", "opWords", "opTranslate", "opExtend", "opBackground", "opPicture", "opLook", "opKeep"] as const;
type Kind = (typeof KINDS)[number];
const PLACES = ["wholeFilm", "thisShot", "aSpan"] as const;
interface Given { id: string; story: Storyline; at: number; edit: (story: Storyline) => void; saved: () => Promise<unknown> }
interface Form { kind: Kind; place: (typeof PLACES)[number]; who: string; text: string; consent: string; from: number; to: number; region: [number, number, number, number] }

const drawn = (story: Storyline) => !story.cast.some((who) => who.portrait);
/** What a kind of edit needs of the form. */
const asks = (kind: Kind, story: Storyline) => ({
  who: !["opTranslate", "opBackground", "opKeep"].includes(kind),
  file: kind === "opVoice" || kind === "opPicture" || (kind === "opBackground" && !drawn(story)),
  text: ["opWords", "opTranslate", "opExtend", "opLook"].includes(kind) || (kind === "opBackground" && drawn(story)),
  place: kind !== "opExtend" && kind !== "opLook",
});

async function body(form: Form, story: Storyline, at: number, file: File | null): Promise<Record<string, unknown>> {
  const asset = file && (await upload(file, form.consent)), text = form.text.trim(), { who } = form;
  const made: Record<Kind, object> = {
    opVoice: { lines: [{ who, sound: asset }] }, opWords: { lines: text.split("\n").filter((line) => line.trim()).map((line) => ({ who, text: line.trim() })) },
    opTranslate: { translate: text }, opExtend: { extend: [{ who, text }] }, opBackground: { background: asset ?? text }, opPicture: { portraits: [[who, asset]] },
    opLook: { looks: [[who, text]] }, opKeep: { keep: form.region.map((one) => one / 100) },
  };
  const place = !asks(form.kind, story).place || form.place === "wholeFilm" ? {} : form.place === "thisShot" ? { shot: at + 1 } : { span: [form.from, form.to] };
  return { ...made[form.kind], ...place };
}

export function Guided({ id, story, at, edit, saved }: Given) {
  const shot = story.shots[at]!, chosen = useRef<HTMLInputElement>(null), [busy, work] = useState(false), [fault, tell] = useState("");
  const [form, fill] = useState<Form>({ kind: drawn(story) ? "opWords" : "opVoice", place: "thisShot", who: story.cast[0]?.name ?? "", text: "", consent: "permission", from: shot.span[0], to: shot.span[1], region: [0, 0, 50, 100] });
  const set = (change: Partial<Form>) => { fill({ ...form, ...change }); tell(""); };
  const needs = asks(form.kind, story), kinds = KINDS.filter((kind) => (drawn(story) ? kind !== "opPicture" && kind !== "opKeep" : kind !== "opLook"));
  const send = async (event: Event) => {
    event.preventDefault();
    const file = chosen.current?.files?.[0] ?? null;
    if (needs.file && !file) return tell(t("needFile"));
    if (needs.text && !form.text.trim()) return tell(t("needText"));
    work(true);
    try {
      await saved();
      edit(await call<Storyline>("POST", `/api/v1/projects/${id}/edits`, await body(form, story, at, needs.file ? file : null)));
      tell("");
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  const hint: Partial<Record<Kind, Word>> = { opTranslate: "languageOf", opLook: "lookWords", opBackground: "placeWords" };
  const number = (value: number, change: (to: number) => void, name: Word, most: number) => (
    <label key={name}>{t(name)}<input type="number" min={0} max={most} step={most === 100 ? 1 : 0.1} value={Math.round(value * 100) / 100} onInput={(event) => change(Number(event.currentTarget.value))} /></label>);
  return (
    <form class="card guided" onSubmit={send} aria-label={t("guided")}>
      <h3>{t("guided")} <small>{t("guidedAbout")}</small></h3>
      <div class="choices">
        <label>{t("what")}<select value={form.kind} onChange={(event) => set({ kind: event.currentTarget.value as Kind })}>{kinds.map((kind) => <option key={kind} value={kind}>{t(kind)}</option>)}</select></label>
        {needs.who && <label>{t("character")}<select value={form.who} onChange={(event) => set({ who: event.currentTarget.value })}>{story.cast.map((who) => <option key={who.name}>{who.name}</option>)}</select></label>}
        {needs.place && <label>{t("where")}<select value={form.place} onChange={(event) => set({ place: event.currentTarget.value as Form["place"], from: shot.span[0], to: shot.span[1] })}>{PLACES.map((place) => <option key={place} value={place}>{t(place)}{place === "thisShot" ? ` (${at + 1})` : ""}</option>)}</select></label>}
        {needs.place && form.place === "aSpan" && <>{number(form.from, (from) => set({ from }), "from", 1e4)}{number(form.to, (to) => set({ to }), "to", 1e4)}</>}
        {form.kind === "opKeep" && (["left", "top", "right", "bottom"] as const).map((name, side) => number(form.region[side]!, (to) => set({ region: form.region.map((one, place) => (place === side ? to : one)) as Form["region"] }), `${name}` as Word, 100))}
        {needs.file && <label>{t("file")}<input ref={chosen} type="file" accept={form.kind === "opVoice" ? "audio/*,video/*" : "image/*"} onChange={() => tell("")} /></label>}
        {needs.file && form.kind !== "opBackground" && <label>{t("consent")}<select value={form.consent} onChange={(event) => set({ consent: event.currentTarget.value })}>{(["self", "permission", "fictional", "licensed"] as const).map((one) => <option key={one} value={one}>{t(one)}</option>)}</select></label>}
      </div>
      {needs.text && <label>{t(hint[form.kind] ?? "text")}<textarea rows={form.kind === "opWords" || form.kind === "opExtend" ? 2 : 1} value={form.text} onInput={(event) => set({ text: event.currentTarget.value })} /></label>}
      <p class="row"><button disabled={busy}>{busy ? <><span class="spin" aria-hidden="true" />{t("applying")}</> : t("apply")}</button><span class="fault" role="alert">{fault}</span></p>
    </form>
  );
}
