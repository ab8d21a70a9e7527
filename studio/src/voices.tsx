// Voices that can be heard before one is chosen.
import { useEffect, useState } from "preact/hooks";
import { call } from "./api";
import { chinese as inChinese, t } from "./dictionary";
import { Icon } from "./icons";

interface Listed { id: string; sex: "woman" | "man" | "any"; age: "adult" | "child" | "old"; languages?: string[] }
let listed: Promise<Listed[]> | null = null;
const all = () => (listed ??= call<{ data: Listed[] }>("GET", "/v1/audio/voices").then((page) => page.data));
const player = typeof Audio === "undefined" ? null : new Audio();

const called = (voice: string) => {
  const name = voice.replace(/^(?:[a-z]{2}_|en-us\+|cmn\+)/, "").replaceAll("_", " ");
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
};
const named = (voice: Listed) => {
  const kind = voice.age === "adult" ? voice.sex : voice.age;
  return `${called(voice.id)}${kind === "any" ? "" : ` (${t(kind)})`}`;
};

/** `fitting` is the voice that speaks if none is chosen. */
export function VoicePicker({ value, fitting, text, who, change }: { value: string; fitting: string; text: string; who: string; change: (voice: string) => void }) {
  const [voices, list] = useState<Listed[]>([]), [busy, work] = useState(false), [fault, tell] = useState("");
  useEffect(() => { all().then(list, () => {}); }, []);
  const chinese = /\p{Script=Han}/u.test(text) || (!text && inChinese()), here = voices.filter((voice) => voice.languages?.includes(chinese ? "cmn" : "en-us"));
  const listen = async () => {
    work(true);
    tell("");
    try {
      const input = text.trim().slice(0, 120) || (chinese ? "你好！这是我的声音。" : "Hello! This is how I sound.");
      const answer = await fetch("/v1/audio/speech", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ input, response_format: "wav", ...(value || fitting ? { voice: value || fitting } : {}) }) });
      if (!answer.ok) throw new Error((await answer.json()).error.message);
      player!.src = URL.createObjectURL(await answer.blob());
      await player!.play();
    } catch (one) { tell((one as Error).message); }
    work(false);
  };
  return (
    <span class="picker">
      <select aria-label={`${t("voiceOf")}: ${who}`} value={value} onChange={(event) => change(event.currentTarget.value)}>
        <option value="">{t("fits")}{fitting && `: ${called(fitting)}`}</option>
        {here.map((voice) => <option key={voice.id} value={voice.id}>{named(voice)}</option>)}
      </select>
      <button type="button" class="icon" aria-label={`${t("listen")}: ${who}`} title={t("listen")} disabled={busy} onClick={listen}>{busy ? <span class="spin" aria-hidden="true" /> : <Icon name="play" />}</button>
      {fault && <span class="fault" role="alert">{fault}</span>}
    </span>
  );
}
