// What the page would send, as curl and as Python: whoever wants to do it from a program copies it.
import { useEffect, useState } from "preact/hooks";
import { call } from "./api";
import { t } from "./dictionary";

export interface Request { method: string; path: string; body?: unknown }
/** In a path: the project that the first call makes. */
const MADE = "{project}";

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function curl({ method, path, body }: Request, token: boolean): string {
  const lines = [`curl -s -X ${method} ${location.origin}${path.replace(MADE, "$PROJECT")}`, ...(token ? ['-H "Authorization: Bearer $DRAMATIS_TOKEN"'] : []), "-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body, null, 2))}`];
  const sent = lines.join(" \\\n  ");
  return path.includes(MADE) ? sent : `PROJECT=$(${sent} |\n  python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')`;
}

/** JSON as Python writes it. */
function literal(value: unknown, indent = ""): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const deeper = `${indent}    `, [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value) ? value.map((one) => literal(one, deeper)) : Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => `${JSON.stringify(key)}: ${literal(one, deeper)}`);
  return parts.length ? `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}` : `${open}${close}`;
}

function python(calls: Request[], token: boolean): string {
  const lines = ["import json", ...(token ? ["import os"] : []), "import urllib.request", "", `HOST = ${JSON.stringify(location.origin)}`, "", "", "def call(method, path, body=None):",
    '    data = None if body is None else json.dumps(body).encode()', '    headers = {"Content-Type": "application/json"}', ...(token ? ['    headers["Authorization"] = "Bearer " + os.environ["DRAMATIS_TOKEN"]'] : []), "    request = urllib.request.Request(HOST + path, data, headers, method=method)",
    "    with urllib.request.urlopen(request) as answer:", "        return json.load(answer)", "", ""];
  for (const { method, path, body } of calls) {
    const [before, after] = path.split(MADE).map((part) => JSON.stringify(part)), sent = `${literal(body)})`;
    lines.push(after ? `print(call(${JSON.stringify(method)}, ${before} + project["id"] + ${after}, ${sent})` : `project = call(${JSON.stringify(method)}, ${before}, ${sent}`);
  }
  return lines.join("\n");
}

export function AsCode({ calls }: { calls: Request[] }) {
  const [token, need] = useState(false), [kind, choose] = useState<"curl" | "Python">("curl"), [done, tell] = useState(false);
  const text = kind === "curl" ? calls.map((one) => curl(one, token)).join("\n\n") : python(calls, token);
  useEffect(() => { call<{ needs_token: boolean }>("GET", "/healthz").then((one) => need(one.needs_token), () => {}); }, []);
  const copy = () => navigator.clipboard.writeText(text).then(() => { tell(true); setTimeout(() => tell(false), 2000); }, () => {});
  return (
    <details class="card code"><summary>{t("asCode")}</summary>
      <p class="row" role="group" aria-label={t("asCode")}>{(["curl", "Python"] as const).map((one) => <button key={one} type="button" class="chip" aria-pressed={kind === one} onClick={() => choose(one)}>{one}</button>)}
        <button type="button" class="quiet" onClick={copy}>{t(done ? "copied" : "copy")}</button></p>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
