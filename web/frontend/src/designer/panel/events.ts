/** What an event waits for or does: a moment, a message, a signal, an error, an escalation. */
import type { Moddle } from "../editor/parts";
import { is } from "../editor/parts";
import { say } from "../words";
import { expression } from "./expression";
import { write, written } from "./extensions";
import { line, section, tick, type Choice } from "./fields";
import { own, type Place } from "./place";
import { timer } from "./timers";

interface Kind {
  type: string;
  root: string;
  reference: string;
  code: string;
  key: string;
}

const KINDS: Kind[] = [
  { type: "bpmn:MessageEventDefinition", root: "bpmn:Message", reference: "messageRef", code: "name", key: "message" },
  { type: "bpmn:SignalEventDefinition", root: "bpmn:Signal", reference: "signalRef", code: "name", key: "signal" },
  { type: "bpmn:ErrorEventDefinition", root: "bpmn:Error", reference: "errorRef", code: "errorCode", key: "error" },
  {
    type: "bpmn:EscalationEventDefinition",
    root: "bpmn:Escalation",
    reference: "escalationRef",
    code: "escalationCode",
    key: "escalated",
  },
];
const THROWS = ["bpmn:IntermediateThrowEvent", "bpmn:EndEvent", "bpmn:SendTask"];

export function event(place: Place): HTMLElement | undefined {
  const [definition] = (own(place).get("eventDefinitions") as Moddle[] | undefined) ?? [];
  const kind = KINDS.find((each) => each.type === definition?.$type);
  const parts = [
    is(place.element, "bpmn:BoundaryEvent") ? interrupting(place, "cancelActivity", definition) : undefined,
    isStartOfSubprocess(place) ? interrupting(place, "isInterrupting", definition) : undefined,
    definition?.$type === "bpmn:TimerEventDefinition" ? timer(place, definition) : undefined,
    kind && named(place, kind, definition!),
    kind?.key === "message" && throws(place) ? payload(place) : undefined,
  ];
  return parts.some(Boolean) ? section("event", say("event.title"), ...parts) : undefined;
}

/** The message that a send or receive task is about. */
export function message(place: Place): HTMLElement {
  const kind = KINDS[0]!;
  const sends = throws(place) ? payload(place) : undefined;
  return section("event", say("event.title"), named(place, kind, own(place)), sends);
}

function throws({ element }: Place): boolean {
  return THROWS.some((type) => is(element, type));
}

function isStartOfSubprocess({ element }: Place): boolean {
  return is(element, "bpmn:StartEvent") && element.parent?.businessObject.get("triggeredByEvent") === true;
}

function interrupting(place: Place, property: string, definition: Moddle | undefined): HTMLElement {
  const { desk, element } = place;
  return tick(
    {
      key: "interrupting",
      label: say("event.interrupting"),
      hint: say("event.interrupting_hint"),
      disabled: definition?.$type === "bpmn:ErrorEventDefinition",
    },
    own(place).get(property) !== false,
    (value) => desk.modeling.updateProperties(element, { [property]: value }),
  );
}

/** What is waited for goes by a name, which this file declares once however many events share it. */
function named(place: Place, kind: Kind, holder: Moddle): HTMLElement {
  const { desk, element } = place;
  const declared = (desk.definitions.get("rootElements") as Moddle[]).filter((each) => each.$type === kind.root);
  const present = holder.get(kind.reference) as Moddle | undefined;
  const proposals: Choice[] = declared.map((each) => ({ value: codeOf(each, kind), words: String(each.name ?? "") }));
  return line(
    { key: kind.key, label: say(`event.${kind.key}`), hint: say(`event.${kind.key}_hint`) },
    present ? codeOf(present, kind) : "",
    (code) => {
      const found = declared.find((each) => codeOf(each, kind) === code);
      const chosen = code ? (found ?? declare(place, kind, code)) : undefined;
      desk.modeling.updateModdleProperties(element, holder, { [kind.reference]: chosen });
    },
    proposals,
  );
}

function codeOf(root: Moddle, { code }: Kind): string {
  return String(root.get(code) ?? root.name ?? "");
}

function declare({ desk }: Place, kind: Kind, code: string): Moddle {
  const made = desk.factory.create(kind.root, { name: code, [kind.code]: code });
  made.$parent = desk.definitions;
  (desk.definitions.get("rootElements") as Moddle[]).push(made);
  return made;
}

function payload(place: Place): HTMLElement {
  const { desk, element, checking } = place;
  const field = { key: "payload", label: say("event.payload"), hint: say("event.payload_hint") };
  return expression(checking, field, written(own(place), "Payload", "value"), (value) =>
    write(desk, element, "Payload", { value }),
  );
}
