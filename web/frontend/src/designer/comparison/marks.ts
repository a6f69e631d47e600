/** What became of each element, marked by a class for the colour and the line, and by a sign beside it. */
import type { Side } from "./side_by_side";

/** An element that differs. */
export interface PartChange {
  id: string;
  change: "added" | "removed" | "changed" | "moved";
}

interface Overlays {
  add(element: string, overlay: { position: { top: number; left: number }; html: HTMLElement }): string;
}

interface Registry {
  get(element: string): { waypoints?: unknown } | undefined;
}

interface Marking {
  addMarker(element: string, marker: string): void;
}

const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "↔" };

export function markChanges({ viewer }: Side, changes: PartChange[]): void {
  const canvas = viewer.get<Marking>("canvas");
  const registry = viewer.get<Registry>("elementRegistry");
  const overlays = viewer.get<Overlays>("overlays");
  for (const { id, change } of changes) {
    const element = registry.get(id);
    if (!element) continue;
    canvas.addMarker(id, `was-${change}`);
    if (!element.waypoints) overlays.add(id, { position: { top: -11, left: -11 }, html: sign(change) });
  }
}

function sign(change: PartChange["change"]): HTMLElement {
  const made = document.createElement("span");
  made.className = `change-sign change-${change}`;
  made.textContent = SIGNS[change];
  return made;
}
