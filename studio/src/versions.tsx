// Earlier versions of a plan: to go back to one is an edit like others, which can be undone.
import { useEffect, useState } from "preact/hooks";
import { call, type Storyline } from "./api";
import { shotsOf, t } from "./dictionary";

interface Version { id: string; why: "film" | "edit"; shots: number; seconds: number; created_at: number }

export function Versions({ id, saved, edit, tell }: { id: string; saved: () => Promise<unknown>; edit: (story: Storyline) => void; tell: (fault: string) => void }) {
  const [found, list] = useState<Version[] | null>(null);
  useEffect(() => { void saved().then(() => call<{ data: Version[] }>("GET", `/api/v1/projects/${id}/versions`)).then((page) => list(page.data), (one: Error) => tell(one.message)); }, []);
  const back = (version: Version) => call<Storyline>("GET", `/api/v1/projects/${id}/versions/${version.id}`).then(edit, (one: Error) => tell(one.message));
  return (
    <section class="card versions" aria-label={t("versions")}>
      <h2>{t("versions")}</h2>
      {found && !found.length && <p class="hint">{t("noVersions")}</p>}
      <ul class="plainlist">{found?.map((one) => (
        <li key={one.id}><span><b>{t(one.why === "film" ? "versionFilm" : "versionEdit")}</b> {new Date(one.created_at * 1000).toLocaleString()}</span>
          <small>{shotsOf(one.shots)} · {one.seconds.toFixed(1)} s</small><button onClick={() => back(one)}>{t("restore")}</button></li>))}</ul>
    </section>
  );
}
