// Begin: words alone, or portraits and voices; what is missing is asked in one sentence.
import { useEffect, useRef, useState } from "preact/hooks";
import { call, finished, upload, type Job, type Project } from "./api";
import { chinese, t, type Word } from "./dictionary";

const SHAPES: Record<string, [number, number]> = { wide: [16, 9], tall: [9, 16], square: [1, 1] };
const EXAMPLES: [string, string][] = [
  ["Cat: Hello there! Robot: Good morning. The cat waves; the robot is confused. In a kitchen, in the rain.", "猫：你好呀！机器人：早上好。猫挥手，机器人困惑。在厨房，下雨。"],
  ["Girl: I found it! Grandpa: No way. The girl is excited; the grandpa is surprised. On a beach at sunset.", "女孩：我找到了！爷爷：不会吧。女孩很兴奋，爷爷惊讶。在海滩，日落。"],
  ["A girl with red hair in a forest in the snow. Girl: It is so quiet here. She looks up and smiles. The camera pushes in.", "女孩：这里真安静。红头发的女孩在森林里，下雪。她微笑。镜头推进。"],
];
const SCRIPT = /(^|[.!?。！？\s])[^\s:：.。!?！？]{1,24}[:：]\s*\S/;

interface Given { file: File; url: string; sound: boolean }
const given = (file: File): Given => ({ file, url: URL.createObjectURL(file), sound: /^audio|^video/.test(file.type) });

function size(shape: string, quality: number): string {
  const [wide, high] = SHAPES[shape]!;
  const scale = quality / Math.min(wide, high);
  return `${2 * Math.round((wide * scale) / 2)}x${2 * Math.round((high * scale) / 2)}`;
}

/** The first words, whole ones. */
const title = (words: string) => (words.length <= 70 ? words : `${words.slice(0, 70).replace(/\s+\S*$/, "")}…`);

function missing(words: string, files: Given[], consent: string): Word | null {
  const pictures = files.some((one) => !one.sound), sounds = files.some((one) => one.sound);
  if (!words.trim() && !files.length) return "needAnything";
  if (pictures && !sounds && !SCRIPT.test(words)) return "needVoice";
  if (files.length && !consent) return "needConsent";
  return null;
}

/** What a brief asks for besides its words. */
interface Wishes { shape: string; quality: number; captions: string; consent: string }

async function begun(words: string, files: Given[], wishes: Wishes): Promise<string> {
  const ids = await Promise.all(files.map((one) => upload(one.file, wishes.consent)));
  const options = {
    prompt: words.trim() || undefined,
    portraits: ids.filter((_, index) => !files[index]!.sound),
    voices: ids.filter((_, index) => files[index]!.sound),
    size: size(wishes.shape, wishes.quality),
    captions: wishes.captions,
  };
  const name = title(words.trim()) || files.map((one) => one.file.name).join(", ");
  const project = await call<Project>("POST", "/api/v1/projects", { name, options });
  await finished((await call<Job>("POST", `/api/v1/projects/${project.id}/plan`, {})).id);
  return project.id;
}

export function Begin() {
  const [words, write] = useState(sessionStorage.getItem("words") ?? ""), [files, keep] = useState<Given[]>([]);
  const [wishes, wish] = useState<Wishes>({ shape: "wide", quality: 720, captions: "none", consent: "" });
  const [asked, ask] = useState(false), [busy, work] = useState(false), [fault, tell] = useState(""), [over, hover] = useState(false);
  const chosen = useRef<HTMLInputElement>(null);
  const lacks = missing(words, files, wishes.consent);
  const take = (list: Iterable<File> | null | undefined) => list && keep([...files, ...[...list].filter((file) => /^(image|audio|video)\//.test(file.type)).map(given)]);
  const change = (text: string) => { write(text); sessionStorage.setItem("words", text); };
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => { if (event.clipboardData?.files.length) take(event.clipboardData.files); };
    addEventListener("paste", pasted);
    return () => removeEventListener("paste", pasted);
  });
  const plan = (event: Event) => {
    event.preventDefault();
    ask(true);
    if (lacks || busy) return;
    work(true);
    tell("");
    begun(words, files, wishes).then((id) => { location.hash = `#/plan/${id}`; }, (one: Error) => { tell(one.message); work(false); });
  };
  return (
    <div class="begin">
      <h1>{t("hero")}</h1>
      <p class="lead">{t("lead")}</p>
      <form class={`card brief ${over ? "over" : ""}`} onSubmit={plan}
        onDragOver={(event) => { event.preventDefault(); hover(true); }} onDragLeave={() => hover(false)}
        onDrop={(event) => { event.preventDefault(); hover(false); take(event.dataTransfer?.files); }}>
        <label class="words">{t("words")}
          <textarea rows={4} value={words} placeholder={t("placeholder")} onInput={(event) => change(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) plan(event); }} />
        </label>
        <div class="examples"><span>{t("try")}</span>
          {EXAMPLES.map((pair, index) => <button type="button" class="chip" key={index} onClick={() => change(pair[chinese() ? 1 : 0])}>{pair[chinese() ? 1 : 0].slice(0, chinese() ? 14 : 32)}…</button>)}
        </div>
        <button type="button" class="drop" onClick={() => chosen.current?.click()}><b>{t("drop")}</b><small>{t("dropMore")}</small></button>
        <input ref={chosen} type="file" multiple accept="image/*,audio/*,video/*" hidden onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ""; }} />
        {files.length > 0 && <Files files={files} keep={keep} consent={wishes.consent} agree={(consent) => wish({ ...wishes, consent })} />}
        <div class="choices">
          <label>{t("shape")}<select value={wishes.shape} onChange={(event) => wish({ ...wishes, shape: event.currentTarget.value })}>
            {(["wide", "tall", "square"] as const).map((one) => <option value={one} key={one}>{t(one)}</option>)}</select></label>
          <label>{t("quality")}<select value={String(wishes.quality)} onChange={(event) => wish({ ...wishes, quality: Number(event.currentTarget.value) })}>
            {[360, 720, 1080, 2160].map((one) => <option value={String(one)} key={one}>{one === 2160 ? "4K" : `${one}p`}</option>)}</select></label>
          <label>{t("captions")}<select value={wishes.captions} onChange={(event) => wish({ ...wishes, captions: event.currentTarget.value })}>
            {([["none", "none"], ["plain", "plain"], ["box", "box"], ["words", "word"]] as const).map(([one, said]) => <option value={one} key={one}>{t(said)}</option>)}</select></label>
          <button class="main" disabled={busy}>{busy ? <><span class="spin" aria-hidden="true" />{t("planning")}</> : t("plan")}</button>
        </div>
        <p class="fault" role="alert">{fault || (asked && lacks ? t(lacks) : "")}</p>
      </form>
    </div>
  );
}

function Files({ files, keep, consent, agree }: { files: Given[]; keep: (files: Given[]) => void; consent: string; agree: (name: string) => void }) {
  return (
    <div>
      <ul class="files">
        {files.map((one) => (
          <li key={one.url}>
            {one.sound ? <audio controls src={one.url} aria-label={one.file.name} /> : <img src={one.url} alt={one.file.name} />}
            <small>{one.file.name}</small>
            <button type="button" class="quiet icon" aria-label={`${t("remove")} ${one.file.name}`} onClick={() => keep(files.filter((other) => other !== one))}>×</button>
          </li>
        ))}
      </ul>
      <label>{t("consent")}<select value={consent} onChange={(event) => agree(event.currentTarget.value)}>
        <option value="">…</option>
        {(["self", "permission", "fictional", "licensed"] as const).map((one) => <option value={one} key={one}>{t(one)}</option>)}</select></label>
    </div>
  );
}
