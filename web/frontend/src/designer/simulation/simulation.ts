/** Token simulation: tokens run over the diagram as it is drawn at this moment, in the browser alone.
 *
 * It plays in a viewer of its own over the modeler, so that nothing of it can change the draft.
 */
import "bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import simulation from "bpmn-js-token-simulation/lib/viewer";
import { speakIn } from "./speaking";

interface ToggleMode {
  toggleMode(active: boolean): void;
}

interface Canvas {
  zoom(level: "fit-viewport", centre: "auto"): number;
}

const COLOURS = {
  defaultFillColor: "var(--surface)",
  defaultStrokeColor: "var(--ink-soft)",
  defaultLabelColor: "var(--ink)",
};

/** Lets tokens run over this diagram in the element; returns what ends it. Rejects when the diagram cannot be read. */
export async function simulate(container: HTMLElement, source: string): Promise<() => void> {
  const viewer = new NavigatedViewer({ container, bpmnRenderer: COLOURS, additionalModules: [simulation] });
  speakIn(container);
  await viewer.importXML(source);
  viewer.get<Canvas>("canvas").zoom("fit-viewport", "auto");
  viewer.get<ToggleMode>("toggleMode").toggleMode(true);
  return () => viewer.destroy();
}
