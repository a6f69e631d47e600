/** When a timer fires: after a while, at a moment, again and again, or by the ladder of an escalation table. */
import type { Moddle } from "../editor/parts";
import { is } from "../editor/parts";
import { say } from "../words";
import { ladders } from "./escalation";
import { expression } from "./expression";
import { choice, hint, made, none, number, row, together } from "./fields";
import type { Place } from "./place";
import { readLadder, readSpan, writeLadder, writeSpan, type Span } from "./shapes";

type Way = "after" | "at" | "again" | "ladder" | "after_written" | "at_written" | "again_written";

const PROPERTIES: Record<Way, string> = {
  after: "timeDuration",
  at: "timeDate",
  again: "timeCycle",
  ladder: "timeCycle",
  after_written: "timeDuration",
  at_written: "timeDate",
  again_written: "timeCycle",
};
const ALL = ["timeDuration", "timeDate", "timeCycle"];
const LOCAL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::00)?\+08:00$/;
const AGAIN = /^R(\d*)\/(P.+)$/;

export function timer(place: Place, definition: Moddle): HTMLElement {
  const { desk, element } = place;
  const [property, text] = written(definition);
  const way = wayOf(property, text);
  const ways = (Object.keys(PROPERTIES) as Way[]).filter((each) => each !== "ladder" || is(element, "bpmn:BoundaryEvent"));
  const save = (chosen: Way, value: string) => {
    const body = desk.factory.create("bpmn:FormalExpression", { body: value });
    const change = Object.fromEntries(ALL.map((each) => [each, each === PROPERTIES[chosen] ? body : undefined]));
    desk.modeling.updateModdleProperties(element, definition, change);
  };
  return together(
    choice({ key: "timer-kind", label: say("timer.kind") }, way,
      ways.map((value) => ({ value, words: say(`timer.${value}`) })),
      (value) => save(value as Way, beginning(place, value as Way, text))),
    filledIn(place, way, text, (value) => save(way, value)),
  );
}

function written(definition: Moddle): [string, string] {
  for (const property of ALL) {
    const found = definition.get(property) as Moddle | undefined;
    if (found) return [property, String(found.get("body") ?? "").trim()];
  }
  return ["timeDuration", ""];
}

function wayOf(property: string, text: string): Way {
  if (property === "timeDuration") return !text || readSpan(text) ? "after" : "after_written";
  if (property === "timeDate") return LOCAL.test(text) ? "at" : "at_written";
  if (readLadder(text)) return "ladder";
  const again = AGAIN.exec(text);
  return again && readSpan(again[2]!) ? "again" : "again_written";
}

/** What a way begins with, so that it is what was chosen; an expression begins as what was there. */
function beginning(place: Place, way: Way, text: string): string {
  const table = ladders(place)[0]?.id ?? "escalation";
  const first: Partial<Record<Way, string>> = {
    after: "P3D",
    again: "R3/P1D",
    ladder: writeLadder(table),
    at: `${new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 11)}18:00:00+08:00`,
  };
  return first[way] ?? (/^(P|R|\d)/.test(text) ? "now()" : text || "now()");
}

function filledIn(place: Place, way: Way, text: string, save: (value: string) => void): HTMLElement {
  if (way === "after") return span(readSpan(text) ?? { amount: 3, unit: "D" }, (value) => save(writeSpan(value)));
  if (way === "again") return again(text, save);
  if (way === "at") return moment(text, save);
  if (way === "ladder") return ladder(place, text, save);
  const field = { key: "timer", label: say("timer.written"), hint: say(`timer.${way}_hint`) };
  return expression(place.checking, field, text, save, { kind: "timer", rows: 2 });
}

function span(value: Span, save: (value: Span) => void): HTMLElement {
  const units = (["D", "H", "M"] as const).map((unit) => ({ value: unit, words: say(`unit.${unit}`) }));
  return together(
    row(
      number({ key: "timer-amount", label: say("timer.amount") }, String(value.amount),
        (amount) => save({ ...value, amount: Number(amount) }), 1),
      choice({ key: "timer-unit", label: say("unit.title") }, value.unit, units,
        (unit) => save({ ...value, unit: unit as Span["unit"] })),
    ),
    hint(say("timer.plain_hint")),
  );
}

function again(text: string, save: (value: string) => void): HTMLElement {
  const [, times = "", each = "P1D"] = AGAIN.exec(text) ?? [];
  const whole = (count: string, every: Span) => `R${count === "0" ? "" : count}/${writeSpan(every)}`;
  const every = readSpan(each) ?? { amount: 1, unit: "D" as const };
  return together(
    number({ key: "timer-times", label: say("timer.times"), hint: say("timer.times_hint") }, times || "0",
      (count) => save(whole(count, every))),
    span(every, (value) => save(whole(times, value))),
  );
}

function moment(text: string, save: (value: string) => void): HTMLElement {
  const frame = made("div", "panel-field");
  const label = made("label") as HTMLLabelElement;
  const input = made("input", "entry") as HTMLInputElement;
  input.type = "datetime-local";
  input.id = "panel-moment";
  input.dataset.key = "timer-moment";
  input.value = LOCAL.exec(text)?.[1] ?? "";
  label.htmlFor = input.id;
  label.textContent = say("timer.moment");
  input.addEventListener("change", () => input.value && save(`${input.value}:00+08:00`));
  frame.append(label, input);
  return frame;
}

function ladder(place: Place, text: string, save: (value: string) => void): HTMLElement {
  const options = [none(say("choose")), ...ladders(place).map(({ id, name }) => ({ value: id, words: name }))];
  return choice({ key: "timer-table", label: say("timer.table"), hint: say("escalation.hint") }, readLadder(text) ?? "",
    options, (table) => table && save(writeLadder(table)));
}
