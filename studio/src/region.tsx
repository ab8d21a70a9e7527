// A region of a shot's picture that stays as it is: dragged over the picture, or typed; those that are kept already are shown.
import { useRef } from "preact/hooks";
import type { Shot } from "./api";
import { t } from "./dictionary";

/** Left, top, right and bottom in percent of the picture. */
export type Percent = [number, number, number, number];
const SIDES = ["left", "top", "right", "bottom"] as const;
const placed = ([x0, y0, x1, y1]: number[]) => ({ left: `${x0!}%`, top: `${y0!}%`, width: `${x1! - x0!}%`, height: `${y1! - y0!}%` });

interface Given { shot: Shot; region: Percent; change: (region: Percent) => void; release: (at: number) => void }

export function Region({ shot, region, change, release }: Given) {
  const from = useRef<[number, number] | null>(null), kept = shot.direction.keep ?? [];
  const at = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect(), part = (value: number) => Math.round(100 * Math.min(1, Math.max(0, value)));
    return [part((event.clientX - box.left) / box.width), part((event.clientY - box.top) / box.height)];
  };
  const drag = (event: PointerEvent) => {
    if (!from.current) return;
    const [x0, y0] = from.current, [x1, y1] = at(event);
    if (Math.abs(x1 - x0) > 1 && Math.abs(y1 - y0) > 1) change([Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]);
  };
  const begin = (event: PointerEvent) => {
    event.preventDefault();
    from.current = at(event);
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };
  return (
    <div class="region">
      <p class="hint">{t("dragRegion")}</p>
      <div class="regionpicture" onPointerDown={begin} onPointerMove={drag} onPointerUp={() => { from.current = null; }}>
        <img src={`/api/v1/assets/${shot.picture}/content`} alt="" draggable={false} />
        {kept.map((one, index) => <i key={index} class="kept" style={placed(one.map((value) => 100 * value))} />)}
        <i style={placed(region)} />
      </div>
      <div class="choices">{SIDES.map((name, side) => (
        <label key={name}>{t(name)} %<input type="number" min={0} max={100} value={region[side]!} onInput={(event) => change(region.map((one, place) => (place === side ? Number(event.currentTarget.value) : one)) as Percent)} /></label>))}</div>
      {kept.length > 0 && <p class="row"><small>{t("keptRegions")}</small>{kept.map((one, index) => {
        const said = one.map((value) => Math.round(100 * value)).join(", ");
        return <button key={index} type="button" class="chip" aria-label={`${t("remove")} ${said} %`} onClick={() => release(index)}>{said} % ×</button>;
      })}</p>}
    </div>
  );
}
