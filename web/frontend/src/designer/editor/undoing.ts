/** Undo and redo: what they change comes into view, and undo goes on where the page's own memory ends. */
import { say } from "../words";
import type { Desk, Drawn } from "./parts";

export interface Beyond {
  /** Makes the file what it was before this page knew it; false when it began here. */
  stepBack(): Promise<boolean>;
}

const NEAR = 60;

/** `tell` says in words what happened, for the status line and for those who hear it. */
export function letUndo(desk: Desk, bar: HTMLElement, beyond: Beyond, tell: (words: string) => void): void {
  const undo = bar.querySelector<HTMLButtonElement>("[data-act=undo]")!;
  const redo = bar.querySelector<HTMLButtonElement>("[data-act=redo]")!;
  let isGoingBack = false;
  let direction = "";

  const back = async () => {
    if (desk.stack.canUndo()) {
      direction = "undone";
      return desk.stack.undo();
    }
    if (isGoingBack) return;
    isGoingBack = true;
    undo.setAttribute("aria-busy", "true");
    try {
      tell(say((await beyond.stepBack()) ? "undo.beyond" : "undo.nothing"));
    } finally {
      isGoingBack = false;
      undo.removeAttribute("aria-busy");
    }
  };
  const forth = () => {
    if (!desk.stack.canRedo()) return tell(say("redo.nothing"));
    direction = "redone";
    desk.stack.redo();
  };
  undo.addEventListener("click", () => void back());
  redo.addEventListener("click", forth);
  letKeysUndo(bar.closest<HTMLElement>("[data-designer]")!, () => void back(), forth);
  const actions = desk.modeler.get<{ unregister(name: string): void; register(acts: object): void }>("editorActions");
  for (const name of ["undo", "redo"]) actions.unregister(name);
  actions.register({ undo: () => void back(), redo: forth });
  desk.bus.on("commandStack.changed", () => redo.setAttribute("aria-disabled", String(!desk.stack.canRedo())));
  desk.bus.on("elements.changed", ({ elements }: { elements: Drawn[] }) => {
    if (!direction) return;
    const words = `undo.${direction}`;
    direction = "";
    showChanged(desk, elements, (name) => tell(say(words, { name })));
  });
}

/** The usual keys count beside the canvas too, but not where somebody writes: there they undo what was written. */
function letKeysUndo(root: HTMLElement, back: () => void, forth: () => void): void {
  root.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (!(event.ctrlKey || event.metaKey) || target.closest(".djs-container, input, textarea, select")) return;
    const act = { z: event.shiftKey ? forth : back, y: forth }[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Nothing is undone out of sight: the canvas moves until what changed is on it, and it lights up for a moment. */
function showChanged(desk: Desk, elements: Drawn[], tell: (name: string) => void): void {
  const there = elements.filter((each) => desk.registry.get(each.id) && each.type !== "label" && each.parent);
  const first = there.find((each) => !each.waypoints) ?? there[0];
  tell(String(first?.businessObject.name ?? "") || (first?.id ?? ""));
  if (!first) return;
  const root = desk.canvas.findRoot(first);
  if (root && root !== desk.canvas.getRootElement()) desk.canvas.setRootElement(root);
  if (!isInView(desk, first)) desk.canvas.scrollToElement(first, NEAR);
  for (const each of there) {
    const graphics = desk.registry.getGraphics(each);
    graphics?.classList.add("has-just-changed");
    window.setTimeout(() => graphics?.classList.remove("has-just-changed"), 1600);
  }
}

function isInView({ canvas }: Desk, each: Drawn): boolean {
  const { x, y, width, height } = canvas.viewbox();
  const points = each.waypoints ?? [
    { x: each.x, y: each.y },
    { x: each.x + each.width, y: each.y + each.height },
  ];
  return points.every((point) => point.x >= x && point.y >= y && point.x <= x + width && point.y <= y + height);
}
