/** A change of the list shows its element on both sides; an element that is pressed shows its change in the list. */
import type { Box } from "../../diagram/viewer";
import type { PartChange } from "./marks";
import { bringToMiddle } from "./tools";
import type { Side } from "./side_by_side";

interface Registry {
  get(element: string): (Box & { waypoints?: { x: number; y: number }[] }) | undefined;
}

interface Marking {
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
}

interface Bus {
  on(event: "element.click", listener: (event: { element: { id: string } }) => void): void;
}

/** Goes from change to change, in the order of the list. */
export type Picking = (step: 1 | -1) => void;

export function joinWithList(frame: HTMLElement, sides: Side[], changes: PartChange[]): Picking {
  const list = document.getElementById(frame.dataset.list ?? "");
  const entries = new Map<string, HTMLElement>();
  let picked = "";

  const pick = (id: string) => {
    for (const { viewer } of sides) mark(viewer.get<Marking>("canvas"), picked, id, has(viewer.get("elementRegistry")));
    entries.get(picked)?.classList.remove("is-picked");
    entries.get(id)?.classList.add("is-picked");
    picked = id;
  };
  const show = (id: string) => {
    pick(id);
    const place = sides.map(({ viewer }) => boxOf(viewer.get<Registry>("elementRegistry").get(id))).find(Boolean);
    if (place && sides[0]) bringToMiddle(sides[0], place);
  };

  for (const entry of list?.querySelectorAll<HTMLElement>("[data-element]") ?? []) {
    const id = entry.dataset.element ?? "";
    entries.set(id, entry);
    if (isDrawn(sides, id)) makeButton(entry, () => showAbove(frame, () => show(id)));
  }
  for (const { viewer } of sides) {
    viewer.get<Bus>("eventBus").on("element.click", ({ element }) => {
      const entry = entries.get(element.id);
      if (!entry) return;
      pick(element.id);
      entry.closest("details")?.setAttribute("open", "");
      entry.scrollIntoView({ block: "nearest" });
    });
  }
  const drawn = changes.map(({ id }) => id).filter((id) => isDrawn(sides, id));
  return (step) => {
    const next = drawn[(drawn.indexOf(picked) + step + drawn.length) % drawn.length];
    if (next) show(next);
  };
}

function has(registry: Registry): (id: string) => boolean {
  return (id) => registry.get(id) !== undefined;
}

function isDrawn(sides: Side[], id: string): boolean {
  return sides.some(({ viewer }) => boxOf(viewer.get<Registry>("elementRegistry").get(id)) !== undefined);
}

function mark(canvas: Marking, before: string, now: string, known: (id: string) => boolean): void {
  if (before && known(before)) canvas.removeMarker(before, "is-picked");
  if (known(now)) canvas.addMarker(now, "is-picked");
}

/** The name of the change becomes a button; without the diagrams it stays a name. */
function makeButton(entry: HTMLElement, press: () => void): void {
  const name = entry.querySelector<HTMLElement>(".change-name");
  if (!name) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "change-name";
  button.append(...name.childNodes);
  button.addEventListener("click", press);
  name.replaceWith(button);
}

function showAbove(frame: HTMLElement, show: () => void): void {
  frame.scrollIntoView({ block: "nearest" });
  show();
}

function boxOf(element: ReturnType<Registry["get"]>): Box | undefined {
  if (!element) return undefined;
  if (!element.waypoints) return Number.isFinite(element.x) ? element : undefined;
  const across = element.waypoints.map(({ x }) => x);
  const down = element.waypoints.map(({ y }) => y);
  const [x, y] = [Math.min(...across), Math.min(...down)];
  return { x, y, width: Math.max(...across) - x, height: Math.max(...down) - y };
}
