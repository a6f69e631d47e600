/** The modeler of bpmn-js with our words, colours and extension elements; it offers what the engine runs. */
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import Modeler from "bpmn-js/lib/Modeler";
import minimap from "diagram-js-minimap";
import lookback from "../lookback.json";
import { translated } from "../words";
import { Desk } from "./parts";
import { peopleFirst } from "./people_first";
import { onlyWhatRuns } from "./supported";

const COLOURS = {
  defaultFillColor: "var(--surface)",
  defaultStrokeColor: "var(--ink-soft)",
  defaultLabelColor: "var(--ink)",
};

/** A modeler in this element, with nothing opened yet. */
export function makeModeler(container: HTMLElement): Desk {
  const modeler = new Modeler({
    container,
    bpmnRenderer: COLOURS,
    moddleExtensions: { lookback },
    additionalModules: [minimap, peopleFirst, onlyWhatRuns, { translate: ["value", translated] }],
  });
  return new Desk(modeler);
}
