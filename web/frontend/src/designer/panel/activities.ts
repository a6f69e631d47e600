/** What activities have beside their kind: how often they run, and the process that a call activity calls. */
import type { Moddle } from "../editor/parts";
import { say } from "../words";
import { expression } from "./expression";
import { choice, link, none, section } from "./fields";
import { own, type Place } from "./place";

const MULTI = "bpmn:MultiInstanceLoopCharacteristics";
const LOOP = "bpmn:StandardLoopCharacteristics";

type Repeats = "once" | "parallel" | "sequential" | "loop";

export function repetition(place: Place): HTMLElement {
  const { desk, element } = place;
  const loop = own(place).get("loopCharacteristics") as Moddle | undefined;
  const kind = repeats(loop);
  return section(
    "repetition",
    say("repetition.title"),
    choice(
      { key: "repetition", label: say("repetition.kind") },
      kind,
      (["once", "parallel", "sequential", "loop"] as const).map((value) => ({ value, words: say(`repetition.${value}`) })),
      (value) => desk.modeling.updateProperties(element, { loopCharacteristics: begun(place, value as Repeats, loop) }),
    ),
    loop?.$type === MULTI ? inner(place, loop, "loopCardinality", "repetition.cardinality") : undefined,
    loop?.$type === MULTI ? inner(place, loop, "completionCondition", "repetition.until") : undefined,
    loop?.$type === LOOP ? inner(place, loop, "loopCondition", "repetition.while") : undefined,
  );
}

function repeats(loop: Moddle | undefined): Repeats {
  if (!loop) return "once";
  if (loop.$type === LOOP) return "loop";
  return loop.get("isSequential") ? "sequential" : "parallel";
}

function begun({ desk }: Place, kind: Repeats, before: Moddle | undefined): Moddle | undefined {
  if (kind === "once") return undefined;
  if (kind === "loop") return desk.factory.create(LOOP);
  const isSequential = kind === "sequential";
  const kept = before?.$type === MULTI ? { loopCardinality: before.get("loopCardinality") } : {};
  return desk.factory.create(MULTI, { isSequential, ...kept });
}

function inner(place: Place, loop: Moddle, property: string, key: string): HTMLElement {
  const { desk, element, checking } = place;
  const text = String((loop.get(property) as Moddle | undefined)?.get("body") ?? "").trim();
  return expression(checking, { key: property, label: say(key), hint: say(`${key}_hint`) }, text, (value) => {
    const body = value ? desk.factory.create("bpmn:FormalExpression", { body: value }) : undefined;
    desk.modeling.updateModdleProperties(element, loop, { [property]: body });
  });
}

export function called(place: Place): HTMLElement {
  const { desk, element, vocabulary } = place;
  const id = String(own(place).get("calledElement") ?? "");
  const found = vocabulary.processes.find((each) => each.id === id);
  const options = vocabulary.processes.map((each) => ({ value: each.id, words: each.name }));
  return section(
    "called",
    say("called.title"),
    choice({ key: "called", label: say("called.process") }, id, [none(say("choose")), ...options], (value) =>
      desk.modeling.updateProperties(element, { calledElement: value || undefined }),
    ),
    found && link(say("called.open"), found.address),
  );
}
