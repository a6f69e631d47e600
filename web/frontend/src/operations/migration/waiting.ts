/** How many instances wait at each step, as a small number on it. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Canvas } from "../../diagram/viewer";

interface Overlays {
  add(element: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): string;
}

interface Registry {
  get(element: string): unknown;
}

const NUMBERS = new Intl.NumberFormat("en-US");

/** Marks the steps at which somebody waits. */
export function putWaiting(viewer: NavigatedViewer, waiting: Record<string, number>): void {
  const canvas = viewer.get<Canvas>("canvas");
  const registry = viewer.get<Registry>("elementRegistry");
  const overlays = viewer.get<Overlays>("overlays");
  for (const [element, count] of Object.entries(waiting)) {
    if (!registry.get(element)) continue;
    canvas.addMarker(element, "has-waiting");
    const number = document.createElement("span");
    number.className = "heat-number";
    number.textContent = NUMBERS.format(count);
    overlays.add(element, { position: { top: -12, right: 16 }, html: number });
  }
}
