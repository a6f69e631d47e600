/** What the hazard has done so far, marked on the diagram: colours by classes, and how often as a small badge. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Canvas } from "./viewer";

/** One element of the diagram: how often it was done, whether the work stands there, and both in words. */
export interface Mark {
  id: string;
  done: number;
  current: boolean;
  words: string;
}

interface Overlays {
  add(element: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): string;
}

interface Registry {
  get(element: string): { type: string } | undefined;
}

const ACTIVITY = /Task$|CallActivity$|SubProcess$/;

/** Marks the elements and the flows along which the work went. */
export function putMarks(viewer: NavigatedViewer, marks: Mark[], taken: string[]): void {
  const canvas = viewer.get<Canvas>("canvas");
  const registry = viewer.get<Registry>("elementRegistry");
  const overlays = viewer.get<Overlays>("overlays");
  for (const flow of taken) if (registry.get(flow)) canvas.addMarker(flow, "was-taken");
  for (const mark of marks) {
    const element = registry.get(mark.id);
    if (!element) continue;
    canvas.addMarker(mark.id, mark.current ? "is-current" : "is-done");
    if (!ACTIVITY.test(element.type)) continue;
    if (mark.done > 1) overlays.add(mark.id, { position: { top: -10, right: 14 }, html: badge(mark, `×${mark.done}`) });
    else if (!mark.current) overlays.add(mark.id, { position: { top: -8, right: 10 }, html: badge(mark, "✓") });
  }
}

function badge(mark: Mark, text: string): HTMLElement {
  const made = document.createElement("span");
  made.className = mark.done > 1 ? "mark-badge again" : "mark-badge";
  made.textContent = text;
  made.title = mark.words;
  return made;
}
