// Small drawings on buttons; what a button does is said by its name.
const PATHS = {
  lock: "M5 9V6.5a5 5 0 0 1 10 0V9M4 9h12v8.5H4z", open: "M5 9V6.5a5 5 0 0 1 9.6-2M4 9h12v8.5H4z", play: "M6 4l10 6-10 6z", pencil: "M3.5 16.5l.8-3.6L13.5 3.7l2.8 2.8-9.2 9.2z", cross: "M5 5l10 10M15 5L5 15",
  note: "M7 15.5a2 2 0 1 1-2-2h2zV4.5l8-1.5v10.5M15 13.5a2 2 0 1 1-2-2h2z", grip: "M7 5h.01M13 5h.01M7 10h.01M13 10h.01M7 15h.01M13 15h.01", pause: "M7 4.5v11M13 4.5v11", plus: "M10 4v12M4 10h12", minus: "M4 10h12",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return <svg class={`icon-${name}`} viewBox="0 0 20 20" width="16" height="16" fill={name === "play" ? "currentColor" : "none"} stroke="currentColor" stroke-width={name === "grip" ? 2.6 : 1.7} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d={PATHS[name]} /></svg>;
}
