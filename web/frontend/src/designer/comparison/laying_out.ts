/** Where the two sides stand, and how much of them is seen: beside each other, or one above the other where they are so
 * wide that nobody could read them in half the width. */
import type { Box } from "../../diagram/viewer";
import type { Side } from "./side_by_side";

const EDGE = 16;
const FOOT = 44;
const LOWEST = 180;
const HIGHEST = 460;
const READABLE = 0.5;

/** What the buttons ask of the layout. */
export interface Layout {
  fit(): void;
  turn(): void;
}

export function layOut(frame: HTMLElement, sides: Side[]): Layout {
  const whole = around(sides.map(({ canvas }) => canvas.viewbox().inner));
  const half = frame.clientWidth / 2;
  let stacked = sides.length > 1 && half / (whole.width + 2 * EDGE) < READABLE;
  const settle = () => {
    frame.classList.toggle("is-stacked", stacked);
    for (const side of sides) size(side, whole);
    if (sides[0]) show(sides[0], whole);
  };
  settle();
  return {
    fit: () => sides[0] && show(sides[0], whole),
    turn: () => {
      stacked = !stacked;
      settle();
    },
  };
}

/** As high as the whole width needs. */
function size({ stage, canvas }: Side, whole: Box): void {
  const scale = Math.min(stage.clientWidth / (whole.width + 2 * EDGE), 1);
  const height = (whole.height + EDGE + FOOT) * scale;
  stage.style.height = `${Math.min(Math.max(height, LOWEST), HIGHEST)}px`;
  canvas.resized();
}

/** All of both sides, with a little room at the edges, and more below, where the mark of bpmn.io stands. */
function show({ canvas }: Side, whole: Box): void {
  const { outer } = canvas.viewbox();
  const scale = Math.min(outer.width / (whole.width + 2 * EDGE), outer.height / (whole.height + EDGE + FOOT), 1);
  const across = outer.width / scale;
  const x = whole.x + whole.width / 2 - across / 2;
  canvas.viewbox({ x, y: whole.y - EDGE, width: across, height: outer.height / scale });
}

function around(boxes: Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
