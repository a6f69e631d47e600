/** The heat of a process on its diagram: colours by classes, and over each step its numbers, which lead to lists. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Canvas } from "../diagram/viewer";

/** One step as the page tells of it: its figures, how strong it is coloured, and where each figure leads. */
interface Step {
  id: string;
  level: number;
  open: number;
  overdue: number;
  waiting: number;
  failed: number;
  words: string;
  links: Record<Figure, string>;
}

type Figure = "open" | "overdue" | "waiting" | "failed";

interface Position {
  bottom: number;
  left: number;
}

interface Scale {
  min: number;
  max: number;
}

interface Overlays {
  add(element: string, overlay: { position: Position; scale: Scale; html: HTMLElement }): string;
}

interface Registry {
  get(element: string): object | undefined;
}

const FIGURES: Figure[] = ["open", "waiting", "overdue", "failed"];
const LEFT = -8;
const SCALE: Scale = { min: 0.8, max: 1.25 };

/** Colours the steps and lays their numbers over them, each after its word; all is put as text, never as markup. */
export function putHeat(viewer: NavigatedViewer, steps: Step[], words: Record<Figure, string>): void {
  const canvas = viewer.get<Canvas>("canvas");
  const registry = viewer.get<Registry>("elementRegistry");
  const overlays = viewer.get<Overlays>("overlays");
  for (const step of steps) {
    if (!registry.get(step.id)) continue;
    canvas.addMarker(step.id, `warmth-${step.level}`);
    overlays.add(step.id, { position: { bottom: 12, left: LEFT }, scale: SCALE, html: numbers(step, words) });
  }
}

function shown(step: Step): Figure[] {
  return FIGURES.filter((figure) => step[figure] > 0);
}

function numbers(step: Step, words: Record<Figure, string>): HTMLElement {
  const group = document.createElement("div");
  group.className = "heat-numbers";
  group.title = step.words;
  for (const figure of shown(step)) group.append(number(step, figure, words[figure]));
  return group;
}

function number(step: Step, figure: Figure, word: string): HTMLElement {
  const link = document.createElement("a");
  link.className = `heat-number of-${figure}`;
  link.href = step.links[figure];
  link.textContent = `${word} ${step[figure].toLocaleString()}`.trim();
  link.setAttribute("aria-label", step.words);
  return link;
}
