/** What happens when a step's limit comes near and passes: a ladder of reminders beside it, by a decision table. */
import type { Desk, Drawn, Moddle } from "../editor/parts";
import { is } from "../editor/parts";
import { say } from "../words";
import { write, written } from "./extensions";
import { button, choice, hint, none, together } from "./fields";
import type { Place } from "./place";
import { readLadder, writeLadder } from "./shapes";

const OPERATOR = "escalation.take_step";
const PARAMETERS = ["step", "due_at"];
const BELOW = 110;

export function escalation(place: Place): HTMLElement {
  const { desk, element } = place;
  const tables = ladders(place);
  const timer = (element.attachers ?? []).find((each) => ladderOf(each) !== undefined);
  const chosen = timer ? ladderOf(timer)! : "";
  const options = [none(say("escalation.none")), ...tables.map(({ id, name }) => ({ value: id, words: name }))];
  return together(
    choice({ key: "escalation", label: say("escalation.title"), hint: say("escalation.hint") }, chosen, options, (table) => {
      if (timer && table) writeTable(desk, timer, table);
      else if (timer) desk.asOne(() => removeWith(desk, timer));
      else if (table) desk.asOne(() => begin(place, table));
    }),
    timer
      ? button("escalation-show", say("escalation.show"), () => desk.selection.select(timer), "panel-mode")
      : tables.length
        ? undefined
        : hint(say("escalation.no_table")),
  );
}

/** The tables that give steps of an escalation. */
export function ladders({ vocabulary }: Place): { id: string; name: string }[] {
  return vocabulary.decisions.filter(({ outputs }) => ["step", "offset", "unit"].every((each) => outputs.includes(each)));
}

function definition(timer: Drawn): Moddle | undefined {
  const [first] = timer.businessObject.get("eventDefinitions") as Moddle[];
  return first;
}

function ladderOf(timer: Drawn): string | undefined {
  const cycle = definition(timer)?.get("timeCycle") as { body?: string } | undefined;
  return cycle?.body === undefined ? undefined : readLadder(cycle.body.trim());
}

function writeTable(desk: Desk, timer: Drawn, table: string): void {
  const body = desk.factory.create("bpmn:FormalExpression", { body: writeLadder(table) });
  desk.modeling.updateModdleProperties(timer, definition(timer)!, { timeCycle: body });
}

function begin(place: Place, table: string): void {
  const { desk, element } = place;
  const timer = desk.modeling.createShape(
    { type: "bpmn:BoundaryEvent", eventDefinitionType: "bpmn:TimerEventDefinition", cancelActivity: false },
    { x: element.x + element.width - 22, y: element.y + element.height },
    element,
    { attach: true },
  );
  desk.modeling.updateProperties(timer, { name: say("escalation.timer_name"), cancelActivity: false });
  writeTable(desk, timer, table);
  const existing = desk.registry.filter((each) => each.parent === element.parent && isStep(each))[0];
  if (existing) desk.modeling.connect(timer, existing);
  else beginStep(place, timer);
}

function isStep(each: Drawn): boolean {
  return is(each, "bpmn:ServiceTask") && written(each.businessObject, "Operator", "name") === OPERATOR;
}

function beginStep({ desk, element }: Place, timer: Drawn): void {
  const at = { x: timer.x + timer.width / 2 + 90, y: element.y + element.height + BELOW };
  const step = desk.modeling.appendShape(timer, { type: "bpmn:ServiceTask" }, at, element.parent);
  desk.modeling.updateProperties(step, { name: say("escalation.step_name") });
  const parameters = PARAMETERS.map((name) =>
    desk.factory.create("lookback:Parameter", { name, value: `escalation.${name}` }),
  );
  write(desk, step, "Operator", { name: OPERATOR, parameters });
  desk.modeling.appendShape(step, { type: "bpmn:EndEvent" }, { x: at.x + 140, y: at.y }, element.parent);
}

/** The timer goes, and with it what only it led to. */
function removeWith(desk: Desk, timer: Drawn): void {
  const next = (timer.outgoing ?? []).map((each) => each.target!).filter((each) => each.incoming?.length === 1);
  const after = next.flatMap((each) => (each.outgoing ?? []).map((flow) => flow.target!));
  desk.modeling.removeElements([timer, ...next, ...after.filter((each) => each.incoming?.length === 1)]);
}
