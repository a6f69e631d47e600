/** Buttons and keys by which a diagram is enlarged and moved; their words come from the page's template. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Box, Canvas } from "./viewer";

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
const READABLE = 0.75;
const EDGE = 16;
const FOOT = 44;

/** `here` is the element at which the work stands, if there is one on this diagram. */
export function offerTools(frame: HTMLElement, stage: HTMLElement, viewer: NavigatedViewer, here?: string): void {
  const canvas = viewer.get<Canvas>("canvas");
  const element = here ? viewer.get<{ get(id: string): Box | undefined }>("elementRegistry").get(here) : undefined;
  const zoom = (how: string) => {
    if (how === "0") fit(canvas);
    else if (how === "here") element && bringToMiddle(stage, canvas, element);
    else viewer.get<ZoomScroll>("zoomScroll").stepZoom(Number(how));
  };
  putBar(frame, stage, zoom, element !== undefined);
  moveByKeys(stage, canvas, zoom);
  fit(canvas);
  if (canvas.zoom() < READABLE / 2 && element) bringToMiddle(stage, canvas, element);
}

function putBar(frame: HTMLElement, stage: HTMLElement, zoom: (how: string) => void, isHere: boolean): void {
  const template = frame.parentElement?.querySelector<HTMLTemplateElement>("template[data-diagram-tools]");
  if (!template) return;
  stage.before(template.content.cloneNode(true));
  for (const button of frame.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
    const how = button.dataset.zoom ?? "0";
    button.hidden = how === "here" && !isHere;
    button.addEventListener("click", () => zoom(how));
  }
}

function moveByKeys(stage: HTMLElement, canvas: Canvas, zoom: (how: string) => void): void {
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = ARROWS[event.key];
    const step = { "+": "1", "=": "1", "-": "-1", "0": "0" }[event.key];
    if (move) canvas.scroll(move);
    else if (step) zoom(step);
    else return;
    event.preventDefault();
  });
}

/** All of it, with a little room at the edges, and more below, where the mark of bpmn.io stands. */
function fit(canvas: Canvas): void {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(outer.width / (inner.width + 2 * EDGE), outer.height / (inner.height + EDGE + FOOT), 1);
  const across = outer.width / scale;
  const x = inner.x + inner.width / 2 - across / 2;
  canvas.viewbox({ x, y: inner.y - EDGE, width: across, height: outer.height / scale });
}

function bringToMiddle(stage: HTMLElement, canvas: Canvas, { x, y, width, height }: Box): void {
  const across = stage.clientWidth / READABLE;
  const down = stage.clientHeight / READABLE;
  canvas.viewbox({ x: x + width / 2 - across / 2, y: y + height / 2 - down / 2, width: across, height: down });
}
