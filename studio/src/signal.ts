// A value that the page draws itself anew for.
type Listener = () => void;
const listeners = new Set<Listener>();
export const onChange = (listener: Listener): void => void listeners.add(listener);
export function signal<T>(first: T): { value: T } {
  let now = first;
  return {
    get value() { return now; },
    set value(next: T) { now = next; for (const listener of listeners) listener(); },
  };
}
