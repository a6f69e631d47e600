/** What bpmn-js calls each kind of element in its menus. */
import type { Drawn, Moddle } from "../editor/parts";

const NAMES: Record<string, string> = {
  "bpmn:SubProcess": "Sub-process",
  "bpmn:AdHocSubProcess": "Ad-hoc sub-process",
  "bpmn:EventBasedGateway": "Event-based gateway",
  "bpmn:Participant": "Pool",
  "bpmn:DataObjectReference": "Data object reference",
  "bpmn:DataStoreReference": "Data store reference",
};
const EVENTS: Record<string, string> = {
  "bpmn:StartEvent": "start event",
  "bpmn:EndEvent": "end event",
  "bpmn:IntermediateCatchEvent": "intermediate catch event",
  "bpmn:IntermediateThrowEvent": "intermediate throw event",
  "bpmn:BoundaryEvent": "boundary event",
};

/** The English name under which its words are found. */
export function nameOfKind({ type, businessObject }: Drawn): string {
  const event = EVENTS[type];
  if (event) return ofEvent(event, businessObject);
  if (type === "bpmn:SubProcess" && businessObject.get("triggeredByEvent")) return "Event sub-process";
  return NAMES[type] ?? spaced(type.replace("bpmn:", ""));
}

function ofEvent(event: string, moddle: Moddle): string {
  const [definition] = (moddle.get("eventDefinitions") as Moddle[] | undefined) ?? [];
  const kind = definition?.$type.replace("bpmn:", "").replace("EventDefinition", "");
  if (!kind) return event.charAt(0).toUpperCase() + event.slice(1);
  const goesOn = moddle.cancelActivity === false || moddle.isInterrupting === false;
  return `${kind} ${event}${goesOn ? " (non-interrupting)" : ""}`;
}

function spaced(name: string): string {
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
