// What the page would send, as curl and as Python: whoever wants to do it from a program copies it.
import { useState } from "preact/hooks";
import { t } from "./dictionary";

export interface Call { method: string; path: string; body?: unknown; file?: string }

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function curl({ method, path, body, file }: Call): string {
  const lines = [`curl${method === "GET" ? "" : ` -X ${method}`} ${location.origin}${path}`];
  if (file) lines.push(`-F file=@${file}`);
  if (body !== undefined) lines.push("-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body, null, 2))}`);
  return lines.join(" \\\n  ");
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

function python(calls: Call[]): string {
  const lines = ["import json", "import urllib.request", "", `HOST = ${JSON.stringify(location.origin)}`, "", "", "def call(method, path, body=None):",
    '    data = None if body is None else json.dumps(body).encode()', '    headers = {"Content-Type": "application/json"}', "    request = urllib.request.Request(HOST + path, data, headers, method=method)",
    "    with urllib.request.urlopen(request) as answer:", "        return json.load(answer)", "", ""];
  for (const { method, path, body } of calls) lines.push(`print(call(${JSON.stringify(method)}, ${JSON.stringify(path)}${body === undefined ? "" : `, ${literal(body)}`}))`);
  return lines.join("\n");
}

export function AsCode({ calls }: { calls: Call[] }) {
  const [kind, choose] = useState<"curl" | "Python">("curl"), [done, tell] = useState(false);
  const text = kind === "curl" ? calls.map(curl).join("\n\n") : python(calls.filter((one) => !one.file));
  const copy = () => navigator.clipboard.writeText(text).then(() => { tell(true); setTimeout(() => tell(false), 2000); }, () => {});
  return (
    <details class="card code"><summary>{t("asCode")}</summary>
      <p class="row" role="tablist">{(["curl", "Python"] as const).map((one) => <button key={one} type="button" role="tab" class="chip" aria-selected={kind === one} aria-pressed={kind === one} onClick={() => choose(one)}>{one}</button>)}
        <button type="button" class="quiet" onClick={copy}>{t(done ? "copied" : "copy")}</button></p>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
