/** One finger moves the diagram sideways (up and down stays the page's), two fingers move and enlarge it. */
import type { Canvas } from "./viewer";

interface Spot {
  x: number;
  y: number;
}

export function letFingersMove(stage: HTMLElement, canvas: Canvas): void {
  const fingers = new Map<number, Spot>();
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") fingers.set(event.pointerId, spotOf(event));
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
    const now = spotOf(event);
    fingers.set(event.pointerId, now);
    const other = others[0];
    if (other) pinch(stage, canvas, before, now, other);
    canvas.scroll({ dx: (now.x - before.x) / fingers.size, dy: other ? (now.y - before.y) / fingers.size : 0 });
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    stage.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
}

function pinch(stage: HTMLElement, canvas: Canvas, before: Spot, now: Spot, other: Spot): void {
  const grown = distance(now, other) / (distance(before, other) || 1);
  const frame = stage.getBoundingClientRect();
  const middle = { x: (now.x + other.x) / 2 - frame.left, y: (now.y + other.y) / 2 - frame.top };
  canvas.zoom(Math.min(Math.max(canvas.zoom() * grown, 0.2), 4), middle);
}

function distance(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function spotOf(event: PointerEvent): Spot {
  return { x: event.clientX, y: event.clientY };
}
