/** Both sides of one diagram: drawn, marked, kept at the same place, and joined with the list of changes. */
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { letFingersMove } from "../../diagram/touch";
import type { Canvas } from "../../diagram/viewer";
import { markChanges, type PartChange } from "./marks";
import { moveTogether } from "./moving";
import { joinWithList } from "./picking";
import { layOut } from "./laying_out";
import { offerTools } from "./tools";

const COLOURS = {
  defaultFillColor: "var(--surface)",
  defaultStrokeColor: "var(--ink-faint)",
  defaultLabelColor: "var(--ink)",
};

/** A side that was drawn. */
export interface Side {
  stage: HTMLElement;
  viewer: NavigatedViewer;
  canvas: Canvas;
}

export async function sideBySide(frame: HTMLElement, figures: HTMLElement[], sources: string[]): Promise<void> {
  const changes = JSON.parse(frame.dataset.compare ?? "[]") as PartChange[];
  const drawn = await Promise.all(figures.map((figure, index) => draw(figure, sources[index] ?? "")));
  const sides = drawn.filter((side) => side !== undefined);
  for (const side of sides) markChanges(side, changes);
  const picking = joinWithList(frame, sides, changes);
  const layout = layOut(frame, sides);
  offerTools(frame, sides, picking, layout);
  moveTogether(sides);
  layout.fit();
}

/** Undefined for a file without a drawing that could be shown; the list of changes stays. */
async function draw(figure: HTMLElement, source: string): Promise<Side | undefined> {
  const stage = figure.querySelector<HTMLElement>(".compared-stage");
  if (!stage) return undefined;
  const viewer = new NavigatedViewer({ container: stage, bpmnRenderer: COLOURS, zoomScroll: { enabled: false } });
  try {
    await viewer.importXML(source);
  } catch {
    figure.hidden = true;
    return undefined;
  }
  const canvas = viewer.get<Canvas>("canvas");
  describe(stage);
  letFingersMove(stage, canvas);
  wheelInFocusOnly(stage, viewer);
  return { stage, viewer, canvas };
}

function describe(stage: HTMLElement): void {
  const drawing = stage.querySelector("svg");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", stage.dataset.name ?? "");
}

/** The wheel scrolls the page unless the reader has turned to the diagram. */
function wheelInFocusOnly(stage: HTMLElement, viewer: NavigatedViewer): void {
  const zoomScroll = viewer.get<{ toggle(enabled: boolean): void }>("zoomScroll");
  stage.addEventListener("focusin", () => zoomScroll.toggle(true));
  stage.addEventListener("focusout", () => zoomScroll.toggle(false));
}
