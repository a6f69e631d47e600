/** Buttons and keys for both sides together; their words come from the page's template. */
import type { Box } from "../../diagram/viewer";
import type { Layout } from "./laying_out";
import type { Picking } from "./picking";
import type { Side } from "./side_by_side";

interface ZoomScroll {
  stepZoom(steps: number): void;
}

const STEP = 60;
const ARROWS: Record<string, { dx: number; dy: number }> = {
  ArrowLeft: { dx: STEP, dy: 0 },
  ArrowRight: { dx: -STEP, dy: 0 },
  ArrowUp: { dx: 0, dy: STEP },
  ArrowDown: { dx: 0, dy: -STEP },
};
const KEYS: Record<string, string> = { "+": "1", "=": "1", "-": "-1", "0": "0", n: "next", p: "previous", t: "turn" };
const READABLE = 0.8;

export function offerTools(frame: HTMLElement, sides: Side[], pick: Picking, layout: Layout): void {
  const leader = sides[0];
  if (!leader) return;
  const act = (how: string) => {
    if (how === "0") layout.fit();
    else if (how === "turn") layout.turn();
    else if (how === "next") pick(1);
    else if (how === "previous") pick(-1);
    else leader.viewer.get<ZoomScroll>("zoomScroll").stepZoom(Number(how));
  };
  putBar(frame, act);
  for (const side of sides) moveByKeys(side, act);
}

/** An element, in the middle and large enough to be read. */
export function bringToMiddle({ canvas, stage }: Side, { x, y, width, height }: Box): void {
  const scale = Math.max(canvas.zoom(), READABLE);
  const across = stage.clientWidth / scale;
  const down = stage.clientHeight / scale;
  canvas.viewbox({ x: x + width / 2 - across / 2, y: y + height / 2 - down / 2, width: across, height: down });
}

function putBar(frame: HTMLElement, act: (how: string) => void): void {
  const template = document.querySelector<HTMLTemplateElement>("template[data-compare-tools]");
  if (!template) return;
  frame.prepend(template.content.cloneNode(true));
  for (const button of frame.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
    button.addEventListener("click", () => act(button.dataset.zoom ?? "0"));
  }
}

function moveByKeys({ stage, canvas }: Side, act: (how: string) => void): void {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = ARROWS[event.key];
    const how = KEYS[event.key];
    if (move) canvas.scroll(move);
    else if (how) act(how);
    else return;
    event.preventDefault();
  });
}
