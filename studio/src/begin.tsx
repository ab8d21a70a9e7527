// Begin: words alone, or portraits and voices. Who is in the film is found out at once; what is missing is asked in one sentence.
import { useEffect, useRef, useState } from "preact/hooks";
import { bring, opened } from "./afterwards";
import { call, finished, upload, type Job, type Project } from "./api";
import { AsCode } from "./code";
import { Camera } from "./devices";
import { chinese, t } from "./dictionary";
import { Faces, PersonCard, type Person, type Picture } from "./people";

const SHAPES: Record<string, [number, number]> = { wide: [16, 9], tall: [9, 16], square: [1, 1] };
const EXAMPLES: [string, string][] = [
  ["Cat: Hello there! Robot: Good morning. The cat waves; the robot is confused. In a kitchen, in the rain.", "猫：你好呀！机器人：早上好。猫挥手，机器人困惑。在厨房，下雨。"],
  ["Girl: I found it! Grandpa: No way. The girl is excited; the grandpa is surprised. On a beach at sunset.", "女孩：我找到了！爷爷：不会吧。女孩很兴奋，爷爷惊讶。在海滩，日落。"],
  ["A girl with red hair in a forest in the snow. Girl: It is so quiet here. She looks up and smiles. The camera pushes in.", "女孩：这里真安静。红头发的女孩在森林里，下雪。她微笑。镜头推进。"],
];
const PATIENCE = 350; // ms after the last letter
interface Told { cast: string[]; lines: { who: string; text: string }[]; voices: Record<string, string>; off_screen: string[] }
/** What a brief asks for besides its words and people. */
interface Wishes { shape: string; quality: number; captions: string }
const NOBODY: Told = { cast: [], lines: [], voices: {}, off_screen: [] };

function size({ shape, quality }: Wishes): [number, number] {
  const [wide, high] = SHAPES[shape]!, scale = quality / Math.min(wide, high);
  return [2 * Math.round((wide * scale) / 2), 2 * Math.round((high * scale) / 2)];
}

/** The first words, whole ones. */
const title = (words: string) => (words.length <= 70 ? words : `${words.slice(0, 70).replace(/\s+\S*$/, "")}…`);

/** Names that are not given come from the script, in order, and else from a number. */
function names(people: Person[], told: Told): string[] {
  const given = new Set(people.map((one) => one.name)), speakers = [...new Set(told.lines.map((line) => line.who))].filter((who) => !given.has(who) && !told.off_screen.includes(who));
  return people.map((one, at) => one.name || (speakers.shift() ?? (chinese() ? `人物${at + 1}` : `Person ${at + 1}`)));
}

/** Whether all faces of a picture that are in the film fit into its shape, as the service crops pictures. */
function fits({ width, height }: Picture, boxes: number[][], wishes: Wishes): boolean {
  const [wide, high] = size(wishes), scale = Math.max(wide / width, high / height);
  const span = (from: 0 | 1, whole: number) => Math.max(...boxes.map((box) => Math.min(box[from + 2]!, whole))) - Math.min(...boxes.map((box) => Math.max(box[from]!, 0)));
  return !boxes.length || (span(0, width) <= Math.round(wide / scale) && span(1, height) <= Math.round(high / scale));
}

interface State { words: string; pictures: Picture[]; people: Person[]; called: string[]; told: Told }

const recorded = (one: Person) => one.how === "file" || one.how === "microphone";

/** What is missing, as one sentence; "" if nothing is. */
function missing({ words, pictures, people, called, told }: State, wishes: Wishes): string {
  const lines = (name: string) => told.lines.filter((line) => line.who === name).length;
  if (!words.trim() && !people.length) return pictures.length ? t(pictures.some((one) => one.faces?.length) ? "needFace" : "noFace") : t("needAnything");
  if (pictures.some((one) => one.faces?.length === 0)) return t("noFace");
  if (pictures.some((one) => !people.some((who) => who.picture === one))) return t("needFace");
  if (new Set(called).size < called.length) return t("twice");
  const at = (index: number) => called[index]!, ask = (word: "needSoundOf" | "needConsentOf", index: number) => `${t(word)}${chinese() ? "" : " "}${at(index)}${chinese() ? "。" : "."}`;
  const silent = people.findIndex((one) => recorded(one) && !one.sound);
  if (silent >= 0) return ask("needSoundOf", silent);
  const unasked = people.findIndex((one) => (one.picture || (recorded(one) && one.sound)) && !one.consent);
  if (pictures.some((one) => !fits(one, people.flatMap((who) => (who.picture === one && who.face ? [who.face] : [])), wishes))) return t("needShape");
  if (people.some((one) => one.picture)) {
    const other = told.lines.find((line) => !called.includes(line.who) && !told.off_screen.includes(line.who));
    if (other) return `${t("needPictureOf")}${other.who}`;
    const speaks = people.some((one, index) => (recorded(one) ? one.sound : one.how === "script" && lines(at(index))));
    if (!speaks && !told.off_screen.length) return t("needWordsOf").replace(/NAME|名字/, at(0)) + at(0);
  }
  return unasked >= 0 ? ask("needConsentOf", unasked) : "";
}

/** What a project begins with, as the service takes it. */
function bodyOf({ words, people, called, told }: State, wishes: Wishes): object {
  const mixed = people.some(recorded), said = (who: string) => told.lines.filter((line) => line.who === who).map((line) => line.text).join(" ");
  const given = (who: object) => Object.fromEntries(Object.entries(who).filter(([, value]) => value !== "" && value !== null));
  const cast = people.map((one, at) => given({
    name: called[at], portrait: one.picture?.asset ?? "", face: one.face, consent: one.consent,
    voice: recorded(one) ? (one.sound?.asset ?? null) : null, text: recorded(one) ? said(called[at]!) : "",
    speaks: one.how === "script" ? one.speaks || (mixed ? (told.voices[called[at]!] ?? "") : "") : "",
  }));
  const common = { prompt: words.trim(), captions: wishes.captions }, [wide, high] = size(wishes);
  const body = cast.length ? { brief: { version: 1, ...common, cast, size: [wide, high] } } : { options: { ...common, size: `${wide}x${high}` } };
  return { name: title(words.trim()) || called.join(", "), ...body };
}

async function begun(state: State, wishes: Wishes): Promise<string> {
  const project = await call<Project>("POST", "/api/v1/projects", bodyOf(state, wishes));
  await finished((await call<Job>("POST", `/api/v1/projects/${project.id}/plan`, {})).id);
  return project.id;
}

/** Who the words tell of; `given` are the names that are known already. */
const tellOf = (words: string, given: string[]): Promise<Told> => (words.trim() ? call<Told>("POST", "/api/v1/cast", { prompt: words, names: given }) : Promise.resolve(NOBODY));

/** The same, while they are typed. */
function useTold(words: string, given: string[]): Told {
  const [told, tell] = useState<Told>(NOBODY), asked = JSON.stringify([words, given]);
  useEffect(() => {
    let left = false;
    const timer = setTimeout(() => void tellOf(words, given).then((one) => { if (!left) tell(one); }, () => {}), words.trim() ? PATIENCE : 0);
    return () => { left = true; clearTimeout(timer); };
  }, [asked]);
  return told;
}

const drawn = (name: string): Person => ({ key: `drawn ${name}`, name, picture: null, face: null, consent: "", how: "script", speaks: "", sound: null });

export function Begin() {
  const [words, write] = useState(sessionStorage.getItem("words") ?? ""), [pictures, keep] = useState<Picture[]>([]), [filmed, cast] = useState<Person[]>([]), [wished, prefer] = useState<Record<string, Partial<Person>>>({});
  const [wishes, wish] = useState<Wishes>({ shape: "wide", quality: 720, captions: "none" });
  const [asked, ask] = useState(false), [busy, work] = useState(false), [fault, tell] = useState(""), [over, hover] = useState(false), [camera, film] = useState(false);
  const chosen = useRef<HTMLInputElement>(null), newest = useRef<{ pictures: Picture[]; people: Person[] }>({ pictures, people: filmed });
  newest.current = { pictures, people: filmed };
  const given = filmed.map((one) => one.name).filter(Boolean), told = useTold(words, given);
  const stateOf = (now: Told): State => {
    const all = filmed.length || pictures.length ? filmed : now.cast.map((name) => ({ ...drawn(name), ...wished[name] }));
    return { words, pictures, people: all, called: names(all, now), told: now };
  };
  const state = stateOf(told), { people, called } = state, lacks = missing(state, wishes);
  const change = (text: string) => { write(text); sessionStorage.setItem("words", text); };

  const person = (picture: Picture, face: number): Person => ({ ...drawn(""), key: `${picture.asset} ${face}`, picture, face: picture.faces![face]! });
  const toggle = (picture: Picture, face: number) => {
    const key = `${picture.asset} ${face}`, rest = filmed.filter((one) => one.key !== key);
    cast(rest.length < filmed.length ? rest : [...filmed, person(picture, face)]);
  };
  const addPicture = async (file: File) => {
    const url = URL.createObjectURL(file), shown = new Image();
    const asset = await upload(file, ""), about = await call<{ width: number; height: number }>("GET", `/api/v1/assets/${asset}`);
    shown.src = url;
    const picture: Picture = { asset, url: await shown.decode().then(() => url, () => `/api/v1/assets/${asset}/content`), name: file.name, width: about.width, height: about.height, faces: null };
    keep([...newest.current.pictures, picture]);
    const { faces } = await call<{ faces: number[][] }>("GET", `/api/v1/assets/${asset}/faces`);
    const known = { ...picture, faces };
    keep(newest.current.pictures.map((one) => (one.asset === asset ? known : one)));
    if (faces.length === 1) cast([...newest.current.people, person(known, 0)]);
  };
  const addSound = async (file: File) => {
    const url = URL.createObjectURL(file), asset = await upload(file, "");
    return { asset, url };
  };
  const set = (one: Person, update: Partial<Person>) => {
    if (one.picture) cast(newest.current.people.map((other) => (other.key === one.key ? { ...other, ...update } : other)));
    else { const name = one.key.slice("drawn ".length); prefer((now) => ({ ...now, [name]: { ...now[name], ...update } })); }
  };
  const take = async (list: Iterable<File> | null | undefined) => {
    tell("");
    for (const file of list ?? []) {
      try {
        if (/^image\//.test(file.type)) await addPicture(file);
        else if (/\.zip$/i.test(file.name)) await bring(file);
        else if (/^(audio|video)\//.test(file.type)) {
          const sound = await addSound(file);
          if (/^video\//.test(file.type) && await opened(sound.asset, file)) return; // a film of Dramatis: its settings are opened
          const free = (newest.current.people.length ? newest.current.people : people).find((one) => !one.sound);
          if (free) set(free, { how: "file", sound });
          else tell(t("needFace"));
        }
      } catch (one) { tell((one as Error).message); }
    }
  };
  const remove = (picture: Picture) => { keep(pictures.filter((one) => one.asset !== picture.asset)); cast(filmed.filter((one) => one.picture?.asset !== picture.asset)); };
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => { if (event.clipboardData?.files.length) void take(event.clipboardData.files); };
    addEventListener("paste", pasted);
    return () => removeEventListener("paste", pasted);
  });
  const plan = async (event: Event) => {
    event.preventDefault();
    ask(true);
    if (busy) return;
    work(true);
    tell("");
    try {
      const now = stateOf(await tellOf(words, given)); // what was typed last may not be known yet
      if (!missing(now, wishes)) location.hash = `#/plan/${await begun(now, wishes)}`;
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  return (
    <div class="begin">
      <h1>{t("hero")}</h1>
      <p class="lead">{t("lead")}</p>
      <form class={`card brief ${over ? "over" : ""}`} onSubmit={plan}
        onDragOver={(event) => { event.preventDefault(); hover(true); }} onDragLeave={() => hover(false)}
        onDrop={(event) => { event.preventDefault(); hover(false); void take(event.dataTransfer?.files); }}>
        <label class="words">{t("words")}
          <textarea rows={4} value={words} placeholder={t("placeholder")} onInput={(event) => change(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void plan(event); }} />
        </label>
        <div class="examples"><span>{t("try")}</span>
          {EXAMPLES.map((pair, index) => <button type="button" class="chip" key={index} onClick={() => change(pair[chinese() ? 1 : 0])}>{pair[chinese() ? 1 : 0].slice(0, chinese() ? 14 : 32)}…</button>)}
        </div>
        <div class="row givers">
          <button type="button" class="drop" onClick={() => chosen.current?.click()}><b>{t("addPicture")}</b><small>{t("addPictureMore")}</small></button>
          <button type="button" class="drop snap" onClick={() => film(true)}><b>{t("takePhoto")}</b></button>
        </div>
        <input ref={chosen} type="file" multiple accept="image/*,audio/*,video/*" hidden onChange={(event) => { void take([...event.currentTarget.files!]); event.currentTarget.value = ""; }} />
        {camera && <Camera taken={(file) => void take([file])} close={() => film(false)} />}
        {pictures.length > 0 && <div class="pictures">{pictures.map((picture) => {
          const faces = new Map(filmed.flatMap((one, at) => (one.picture?.asset === picture.asset ? [[Number(one.key.split(" ").at(-1)), called[at]!] as const] : [])));
          return <Faces key={picture.asset} picture={picture} chosen={faces} toggle={(face) => toggle(picture, face)} remove={() => remove(picture)} />;
        })}</div>}
        {people.length > 0 && <section aria-label={t("people")}>
          <h2>{t("people")}</h2>
          <ul class="people">{people.map((one, at) => (
            <PersonCard key={one.key} person={one} name={one.picture ? one.name || called[at]! : called[at]!} tint={at} fitting={told.voices[called[at]!] ?? ""} lines={told.lines.filter((line) => line.who === called[at]).map((line) => line.text)} keep={addSound}
              change={(update) => set(one, update)} remove={one.picture ? () => cast(filmed.filter((other) => other.key !== one.key)) : null} />))}</ul>
        </section>}
        <div class="choices">
          <label>{t("shape")}<select value={wishes.shape} onChange={(event) => wish({ ...wishes, shape: event.currentTarget.value })}>
            {(["wide", "tall", "square"] as const).map((one) => <option value={one} key={one}>{t(one)}</option>)}</select></label>
          <label>{t("quality")}<select name="quality" value={String(wishes.quality)} onChange={(event) => wish({ ...wishes, quality: Number(event.currentTarget.value) })}>
            {[360, 720, 1080, 2160].map((one) => <option value={String(one)} key={one}>{one === 2160 ? "4K" : `${one}p`}</option>)}</select></label>
          <label>{t("captions")}<select value={wishes.captions} onChange={(event) => wish({ ...wishes, captions: event.currentTarget.value })}>
            {([["none", "none"], ["plain", "plain"], ["box", "box"], ["words", "word"]] as const).map(([one, said]) => <option value={one} key={one}>{t(said)}</option>)}</select></label>
          <button class="main" disabled={busy}>{busy ? <><span class="spin" aria-hidden="true" />{t("planning")}</> : t("plan")}</button>
        </div>
        <p class="fault" role="alert">{fault || (asked && lacks ? lacks : "")}</p>
      </form>
      <AsCode calls={[{ method: "POST", path: "/api/v1/projects", body: bodyOf(state, wishes) }, { method: "POST", path: "/api/v1/projects/{project}/films", body: {} }]} />
    </div>
  );
}
