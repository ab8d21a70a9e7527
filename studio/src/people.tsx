// Those who are in a film that is begun: from faces in pictures, or from words; each with a name and a voice.
import { useRef, useState } from "preact/hooks";
import type { Consent } from "./api";
import { Recorder } from "./devices";
import { t } from "./dictionary";
import { Icon } from "./icons";
import { VoicePicker } from "./voices";

export interface Picture { asset: string; url: string; name: string; width: number; height: number; faces: number[][] | null }
export type How = "script" | "file" | "microphone" | "silent";
export interface Person {
  key: string; name: string; picture: Picture | null; face: number[] | null; consent: Consent; how: How; speaks: string; sound: { asset: string; url: string } | null;
}
export const CONSENTS = ["self", "permission", "fictional", "licensed"] as const;

/** A picture with its faces; a click makes a face a character, or takes that away. */
export function Faces({ picture, chosen, toggle, remove }: { picture: Picture; chosen: Map<number, string>; toggle: (face: number) => void; remove: () => void }) {
  const part = (value: number, whole: number) => `${(100 * value) / whole}%`, { width, height } = picture;
  return (
    <figure class="picture">
      <div style={{ aspectRatio: `${width} / ${height}` }}>
        <img src={picture.url} alt={picture.name} />
        {picture.faces?.map(([x0, y0, x1, y1], at) => (
          <button type="button" class="facebox" key={at} aria-pressed={chosen.has(at)} aria-label={`${t("face")} ${at + 1}${chosen.get(at) ? `: ${chosen.get(at)}` : ""}`}
            style={{ left: part(x0!, width), top: part(y0!, height), width: part(x1! - x0!, width), height: part(y1! - y0!, height) }} onClick={() => toggle(at)}><span>{chosen.get(at) ?? "+"}</span></button>))}
        <button type="button" class="icon off" aria-label={`${t("remove")} ${picture.name}`} onClick={remove}><Icon name="cross" /></button>
      </div>
      <figcaption><span role="status">{picture.faces === null ? <><span class="spin" aria-hidden="true" /> {t("finding")}</> : !picture.faces.length ? <span class="fault">{t("noFace")}</span> : picture.faces.length > 1 ? t("clickFace") : ""}</span></figcaption>
    </figure>
  );
}

interface Given { person: Person; name: string; lines: string[]; change: (change: Partial<Person>) => void; keep: (file: File) => Promise<{ asset: string; url: string }>; remove: (() => void) | null; tint: number; fitting: string }

export function PersonCard({ person, name, lines, change, keep, remove, tint, fitting }: Given) {
  const chosen = useRef<HTMLInputElement>(null), real = person.picture !== null || person.sound !== null, [fault, tell] = useState("");
  const take = (file: File | undefined) => file && void keep(file).then((sound) => { change({ sound }); tell(""); }, (one: Error) => tell(one.message));
  return (
    <li class={`person who${tint % 4}`}>
      <Portrait person={person} name={name} />
      <div class="about">
        <p class="row"><input class="name" aria-label={t("name")} value={name} maxLength={24} readOnly={!person.picture} onInput={(event) => change({ name: event.currentTarget.value })} />
          {remove && <button type="button" class="quiet icon" aria-label={`${t("removePerson")} ${name}`} onClick={remove}><Icon name="cross" /></button>}</p>
        <p class="row voice">
          <select aria-label={`${t("voiceOf")} ${name}`} value={person.how} onChange={(event) => change({ how: event.currentTarget.value as How })}>
            {([["script", "written"], ["microphone", "microphone"], ["file", "ownFile"], ["silent", "silentOne"]] as const).map(([how, said]) => <option key={how} value={how}>{t(said)}</option>)}</select>
          {person.how === "script" && <VoicePicker value={person.speaks} fitting={fitting} text={lines.join(" ")} who={name} change={(speaks) => change({ speaks })} />}
          {person.how === "microphone" && <Recorder again={person.sound !== null} taken={take} />}
          {person.how === "file" && <button type="button" onClick={() => chosen.current?.click()}>{t("chooseSound")}</button>}
          <input ref={chosen} type="file" accept="audio/*,video/*" hidden onChange={(event) => { take(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
        </p>
        {fault && <p class="fault" role="alert">{fault}</p>}
        {(person.how === "microphone" || person.how === "file") && person.sound && <audio controls src={person.sound.url} aria-label={`${t("voiceOf")} ${name}`} />}
        {person.how === "script" && <p class="hint">{lines.length ? `${lines.length} ${t(lines.length === 1 ? "line" : "lines")}: “${lines[0]!.slice(0, 42)}${lines[0]!.length > 42 ? "…" : ""}”` : t("listens")}</p>}
        {real && <label class="consent">{t("allowed")}<select value={person.consent} onChange={(event) => change({ consent: event.currentTarget.value as Consent })}>
          <option value="">…</option>{CONSENTS.map((one) => <option value={one} key={one}>{t(one)}</option>)}</select></label>}
      </div>
    </li>
  );
}

/** The face, cut out of its picture; the first letter of somebody who is drawn. */
function Portrait({ person, name }: { person: Person; name: string }) {
  if (!person.picture || !person.face) return <span class="portrait letter" aria-hidden="true" title={t("inWords")}>{[...name][0]?.toUpperCase() ?? "?"}</span>;
  const [x0, y0, x1, y1] = person.face as [number, number, number, number], { width, height, url } = person.picture;
  const side = Math.min(1.7 * Math.max(x1 - x0, y1 - y0), width, height), left = Math.min(Math.max(0, (x0 + x1 - side) / 2), width - side), top = Math.min(Math.max(0, (y0 + y1 - side) / 2), height - side);
  const scale = 100 / side;
  return <span class="portrait"><img src={url} alt="" style={{ width: `${width * scale}%`, left: `${-left * scale}%`, top: `${-top * scale}%` }} /></span>;
}
