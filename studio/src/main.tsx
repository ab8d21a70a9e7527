// The studio: one page, whose place is in the address behind `#`, so that it survives a reload.
import { render, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { bring, brings } from "./afterwards";
import { away, call, Refused } from "./api";
import { Begin } from "./begin";
import { chinese, language, speak, t } from "./dictionary";
import { Film } from "./film";
import { Gallery } from "./gallery";
import { Plan } from "./plan";
import { onChange } from "./signal";
import "./style.css";
import "./begin.css";
import "./plan.css";
import "./film.css";

const theme = localStorage.getItem("theme");
if (theme) document.documentElement.dataset.theme = theme;
speak(language.value);

function switchTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}

/** A project or a film that is dropped anywhere, where nothing else takes it, is opened as a plan. */
function useDrops(tell: (told: { reading?: string; fault?: string }) => void): void {
  useEffect(() => {
    const given = (event: DragEvent) => !!event.dataTransfer?.types.includes("Files") && !(event.target as Element).closest("input");
    const over = (event: DragEvent) => { if (given(event)) event.preventDefault(); };
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !given(event)) return;
      event.preventDefault();
      const file = [...event.dataTransfer!.files].find(brings);
      if (!file) return;
      tell({ reading: file.name });
      bring(file).then(() => tell({}), (fault: Error) => tell({ fault: fault.message }));
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => { removeEventListener("dragover", over); removeEventListener("drop", drop); };
  }, []);
}

function Frame({ place, children }: { place: string; children: ComponentChildren }) {
  const [dropped, tell] = useState<{ reading?: string; fault?: string }>({});
  useDrops(tell);
  const here = (name: string) => (place === name ? "page" : undefined);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{t("skip")}</a>
      <header class="top">
        <a class="brand" href="#/"><span class="mark" aria-hidden="true" />Dramatis</a>
        <nav>
          <a href="#/" aria-current={here("")}>{t("begin")}</a>
          <a href="#/films" aria-current={here("films")}>{t("films")}</a>
          <a href="/api">{t("api")}</a>
        </nav>
        <button class="quiet" onClick={() => speak(chinese() ? "en" : "zh")} lang={chinese() ? "en" : "zh"}>{t("language")}</button>
        <button class="quiet icon" aria-label={t("theme")} title={t("theme")} onClick={switchTheme}>◐</button>
      </header>
      {away.value && <p class="away" role="alert"><span class="spin" aria-hidden="true" />{t("lost")}</p>}
      {dropped.reading && <p class="away" role="status"><span class="spin" aria-hidden="true" />{t("bringing")} {dropped.reading}</p>}
      {dropped.fault && <p class="away" role="alert">{dropped.fault} <button onClick={() => tell({})}>{t("closeMenu")}</button></p>}
      <main id="main" tabIndex={-1}>{children}</main>
      <footer>{t("synthetic")}</footer>
    </>
  );
}

function SignIn({ enter }: { enter: () => void }) {
  const [token, change] = useState(""), [fault, tell] = useState("");
  const send = (event: Event) => {
    event.preventDefault();
    call("POST", "/api/v1/session", { token }).then(enter, (one: Error) => tell(one.message));
  };
  return (
    <form class="card narrow" onSubmit={send}>
      <label>{t("token")}<input type="password" autocomplete="current-password" value={token} onInput={(event) => change(event.currentTarget.value)} /></label>
      {fault && <p class="fault" role="alert">{fault}</p>}
      <button class="main">{t("enter")}</button>
    </form>
  );
}

function Studio() {
  const [, again] = useState(0), [locked, lock] = useState(false), [place, go] = useState(location.hash);
  useEffect(() => {
    onChange(() => again((count) => count + 1));
    addEventListener("hashchange", () => { go(location.hash); scrollTo(0, 0); });
    call("GET", "/api/v1/jobs?limit=1").catch((fault: Error) => lock(fault instanceof Refused && fault.status === 401));
  }, []);
  const [name = "", id = ""] = place.replace(/^#\/?/, "").split("/");
  const view = locked ? <SignIn enter={() => lock(false)} />
    : name === "plan" ? <Plan key={id} id={id} />
    : name === "film" ? <Film key={id} id={id} />
    : name === "films" ? <Gallery />
    : <Begin />;
  return <Frame place={name}>{view}</Frame>;
}

render(<Studio />, document.getElementById("studio")!);
