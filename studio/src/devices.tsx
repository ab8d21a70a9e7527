// The camera and the microphone of whoever sits there; both are asked for only when they are used.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "./dictionary";

const free = (stream: MediaStream | null) => stream?.getTracks().forEach((track) => track.stop());

export function Camera({ taken, close }: { taken: (file: File) => void; close: () => void }) {
  const video = useRef<HTMLVideoElement>(null), [fault, tell] = useState(false), [seen, see] = useState(false);
  useEffect(() => {
    let stream: MediaStream | null = null, left = false;
    const ask = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 960 }, facingMode: "user" } });
      if (left) return free(stream);
      video.current!.srcObject = stream;
      await video.current!.play();
    };
    ask().catch(() => tell(true));
    return () => { left = true; free(stream); };
  }, []);
  const snap = () => {
    const shown = video.current!, canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [shown.videoWidth, shown.videoHeight];
    canvas.getContext("2d")!.drawImage(shown, 0, 0);
    canvas.toBlob((blob) => { if (blob) { taken(new File([blob], "camera.jpg", { type: "image/jpeg" })); close(); } }, "image/jpeg", 0.95);
  };
  return (
    <div class="card device" role="dialog" aria-label={t("takePhoto")} onKeyDown={(event) => event.key === "Escape" && close()}>
      {fault ? <p class="fault" role="alert">{t("noCamera")}</p> : <video ref={video} muted playsInline onPlaying={() => see(true)} aria-label={t("useCamera")} />}
      <p class="row">{!fault && <button type="button" class="main" disabled={!seen} onClick={snap}>{t("snap")}</button>}<button type="button" onClick={close}>{t("closeMenu")}</button></p>
    </div>
  );
}

export function Recorder({ again, taken }: { again: boolean; taken: (file: File) => void }) {
  const recorder = useRef<MediaRecorder | null>(null), [running, run] = useState(false), [seconds, count] = useState(0), [fault, tell] = useState(false);
  useEffect(() => () => free(recorder.current?.stream ?? null), []);
  useEffect(() => {
    if (!running) return;
    const from = Date.now(), timer = setInterval(() => count((Date.now() - from) / 1000), 100);
    return () => clearInterval(timer);
  }, [running]);
  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true }), parts: Blob[] = [];
      const made = new MediaRecorder(stream);
      made.ondataavailable = (event) => parts.push(event.data);
      made.onstop = () => {
        free(stream);
        const kind = made.mimeType.split(";")[0] || "audio/webm";
        taken(new File(parts, `recording.${kind.split("/")[1]}`, { type: kind }));
      };
      recorder.current = made;
      made.start();
      count(0);
      run(true);
      tell(false);
    } catch { tell(true); }
  };
  const stop = () => { recorder.current?.stop(); run(false); };
  return (
    <span class="recorder">
      <button type="button" class={running ? "main" : ""} onClick={running ? stop : start}><i class="dot" aria-hidden="true" />{running ? `${t("recording")} ${seconds.toFixed(1)} s` : t(again ? "again2" : "record")}</button>
      {fault && <span class="fault" role="alert">{t("noMicrophone")}</span>}
    </span>
  );
}
