/** A small count at each element that has problems; only what changed is touched, whatever else is on the canvas. */
import type { Desk } from "../editor/parts";
import { isGrave, type Problem } from "./problems";

interface Overlays {
  add(element: string, type: string, overlay: object): string;
  remove(id: string): void;
}

interface Shown {
  overlay: string;
  looks: string;
}

const TYPE = "lookback-problems";

export class Badges {
  private readonly shown = new Map<string, Shown>();
  private readonly overlays: Overlays;

  constructor(
    private readonly desk: Desk,
    private readonly words: (problems: Problem[]) => string,
    private readonly press: (element: string) => void,
  ) {
    this.overlays = desk.modeler.get<Overlays>("overlays");
    desk.bus.on(["shape.removed", "connection.removed"], ({ element }: { element: { id: string } }) => {
      this.shown.delete(element.id);
    });
    desk.bus.on("diagram.clear", () => this.shown.clear());
  }

  /** Shows the problems of each element, and of no other. */
  show(problems: Map<string, Problem[]>): void {
    for (const [element, { overlay }] of this.shown) if (!problems.has(element)) this.take(element, overlay);
    for (const [element, found] of problems) this.put(element, found);
  }

  private put(element: string, found: Problem[]): void {
    const looks = `${isGrave(found)} ${found.map(({ message }) => message).join("\n")}`;
    const before = this.shown.get(element);
    if (before?.looks === looks) return;
    if (before) this.take(element, before.overlay);
    const drawn = this.desk.registry.get(element);
    if (!drawn || !drawn.parent) return;
    const position = drawn.waypoints ? { top: -10, left: Math.max(0, boxOf(drawn.waypoints) / 2 - 10) } : { top: -11, left: -11 };
    const overlay = this.overlays.add(element, TYPE, { position, html: this.badge(element, found) });
    this.shown.set(element, { overlay, looks });
  }

  private take(element: string, overlay: string): void {
    this.overlays.remove(overlay);
    this.shown.delete(element);
  }

  private badge(element: string, found: Problem[]): HTMLElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `problem-badge ${isGrave(found) ? "is-error" : "is-warning"}`;
    made.textContent = String(found.length);
    made.title = found.map(({ message }) => message).join("\n");
    made.setAttribute("aria-label", this.words(found));
    made.tabIndex = -1; // the list beside the canvas is what the keyboard walks
    made.addEventListener("click", () => this.press(element));
    return made;
  }
}

function boxOf(waypoints: { x: number }[]): number {
  const across = waypoints.map(({ x }) => x);
  return Math.max(...across) - Math.min(...across);
}
