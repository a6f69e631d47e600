/** A diagram as deployed, with the hazard's marks on it, in bpmn-js: it can be moved and enlarged. */
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { putMarks, type Mark } from "./marks";
import { letFingersMove } from "./touch";
import { offerTools } from "./tools";

/** What we use of the parts of a diagram in the viewer. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Canvas {
  addMarker(element: string, marker: string): void;
  resized(): void;
  scroll(delta: { dx: number; dy: number }): void;
  viewbox(): Box & { inner: Box; outer: { width: number; height: number }; scale: number };
  viewbox(box: Box): void;
  zoom(): number;
  zoom(level: number | "fit-viewport", centre?: "auto" | { x: number; y: number }): number;
}

const COLOURS = {
  defaultFillColor: "var(--surface)",
  defaultStrokeColor: "var(--ink-faint)",
  defaultLabelColor: "var(--ink)",
};
const LARGEST_SCALE = 1;
const HIGHEST = 640;
const LOWEST = 220;
const READABLE = 0.55;

/** Shows the diagram in the frame, in place of what was drawn there. Rejects when the file cannot be read. */
export async function view(frame: HTMLElement, source: string): Promise<NavigatedViewer> {
  const stage = document.createElement("div");
  stage.className = "diagram-stage";
  const wheel = { enabled: false };
  const viewer = new NavigatedViewer({ container: stage, bpmnRenderer: COLOURS, zoomScroll: wheel });
  frame.append(stage);
  await viewer.importXML(source);
  const canvas = viewer.get<Canvas>("canvas");
  const marks = JSON.parse(frame.dataset.marks ?? "[]") as Mark[];
  putMarks(viewer, marks, JSON.parse(frame.dataset.taken ?? "[]") as string[]);
  replaceDrawing(frame, stage);
  size(stage, canvas);
  describe(frame, stage);
  scrollByWheelOnlyInFocus(stage, wheel, viewer);
  letFingersMove(stage, canvas);
  offerTools(frame, stage, viewer, frame.dataset.here || marks.find((mark) => mark.current)?.id);
  return viewer;
}

function replaceDrawing(frame: HTMLElement, stage: HTMLElement): void {
  frame.querySelector(".diagram-picture")?.remove();
  frame.classList.add("viewed");
  frame.removeAttribute("tabindex");
  stage.hidden = false;
}

/** The whole width is seen, as high as that needs. */
function size(stage: HTMLElement, canvas: Canvas): void {
  const { inner } = canvas.viewbox();
  const scale = Math.max(Math.min(stage.clientWidth / (inner.width + 32), LARGEST_SCALE), READABLE);
  stage.style.height = `${Math.min(Math.max((inner.height + 60) * scale, LOWEST), HIGHEST)}px`;
  canvas.resized();
}

function describe(frame: HTMLElement, stage: HTMLElement): void {
  const drawing = stage.querySelector("svg");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", `${frame.dataset.name ?? ""} ${frame.dataset.summary ?? ""}`);
}

/** The wheel scrolls the page unless the reader has turned to the diagram. */
function scrollByWheelOnlyInFocus(stage: HTMLElement, wheel: { enabled: boolean }, viewer: NavigatedViewer): void {
  const zoomScroll = viewer.get<{ toggle(enabled: boolean): void }>("zoomScroll");
  const turn = (enabled: boolean) => () => {
    wheel.enabled = enabled;
    zoomScroll.toggle(enabled);
  };
  stage.addEventListener("focusin", turn(true));
  stage.addEventListener("focusout", turn(false));
}
