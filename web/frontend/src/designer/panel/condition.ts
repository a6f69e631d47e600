/** When a way is taken: tests that are picked together, or an expression; and which way is taken otherwise. */
import type { Moddle } from "../editor/parts";
import { is } from "../editor/parts";
import { say } from "../words";
import { expression } from "./expression";
import { button, choice, hint, line, none, remover, row, section, tick, together, type Choice } from "./fields";
import { own, pickedOrWritten, variables, type Place } from "./place";
import { COMPARISONS, quoted, readCondition, unquoted, writeCondition, type Condition, type Test } from "./shapes";

const BARE = new Set(["holds", "not"]);

export function condition(place: Place): HTMLElement | undefined {
  const source = place.element.source;
  if (!source || !(is(source, "bpmn:ExclusiveGateway") || is(source, "bpmn:InclusiveGateway"))) return undefined;
  const isDefault = source.businessObject.get("default") === own(place);
  return section(
    "condition",
    say("condition.title"),
    tick({ key: "default", label: say("condition.default"), hint: say("condition.default_hint") }, isDefault, (value) =>
      makeDefault(place, value),
    ),
    isDefault ? undefined : tests(place),
  );
}

function makeDefault(place: Place, isDefault: boolean): void {
  const { desk, element } = place;
  desk.asOne(() => {
    if (isDefault) desk.modeling.updateProperties(element, { conditionExpression: undefined });
    desk.modeling.updateProperties(element.source!, { default: isDefault ? own(place) : undefined });
  });
}

function tests(place: Place): HTMLElement {
  const text = String((own(place).get("conditionExpression") as Moddle | undefined)?.get("body") ?? "").trim();
  const read = readCondition(text);
  const label = say("condition.expression");
  return pickedOrWritten(place, "condition", read && (() => pick(place, read)), () =>
    expression(place.checking, { key: "condition", label }, text, (value) => save(place, value), { rows: 2 }),
  );
}

function save({ desk, element }: Place, text: string): void {
  const body = text ? desk.factory.create("bpmn:FormalExpression", { body: text }) : undefined;
  desk.modeling.updateProperties(element, { conditionExpression: body });
}

function pick(place: Place, { tests: found, joined }: Condition): HTMLElement {
  const known = variables(place);
  const shown = found.length ? found : [{ variable: "", comparison: "==", value: "" } as Test];
  const write = (changed: Condition) => save(place, writeCondition(changed));
  const change = (index: number, part: Partial<Test>) =>
    write({ tests: shown.map((each, at) => (at === index ? settled({ ...each, ...part }, known) : each)), joined });
  return together(
    found.length > 1
      ? choice({ key: "joined", label: say("condition.joined") }, joined,
          (["and", "or"] as const).map((value) => ({ value, words: say(`condition.${value}`) })),
          (value) => write({ tests: found, joined: value as "and" | "or" }))
      : undefined,
    ...shown.map((each, index) =>
      test(known, each, index, (part) => change(index, part), () =>
        write({ tests: found.filter((_, at) => at !== index), joined }),
      ),
    ),
    found.length
      ? button("add-test", say("condition.add"), () => {
          const free = known.find(({ value }) => !found.some(({ variable }) => variable === value));
          if (free) write({ tests: [...found, settled({ variable: free.value, comparison: "==", value: "" }, known)], joined });
        })
      : hint(say("condition.begin")),
  );
}

/** A test whose value fits its variable: the first of the values to choose from, or whether it holds. */
function settled(test: Test, known: (Choice & { options: Choice[] })[]): Test {
  if (BARE.has(test.comparison) || test.value) return test;
  const variable = known.find(({ value }) => value === test.variable);
  if (!variable) return test;
  const [first] = variable.options;
  return first ? { ...test, value: quoted(first.value) } : { ...test, comparison: "holds" };
}

function test(
  known: (Choice & { options: Choice[] })[],
  { variable, comparison, value }: Test,
  index: number,
  change: (part: Partial<Test>) => void,
  remove: () => void,
): HTMLElement {
  const options = known.find((each) => each.value === variable)?.options ?? [];
  const what = choice({ key: `variable-${index}`, label: say("condition.variable") }, variable,
    [none(say("choose")), ...known], (chosen) => change({ variable: chosen, value: "" }));
  const how = choice({ key: `comparison-${index}`, label: say("condition.comparison") }, comparison,
    COMPARISONS.map((each) => ({ value: each, words: say(`comparison.${each}`) })),
    (chosen) => change({ comparison: chosen as Test["comparison"] }));
  const with_ = BARE.has(comparison) ? undefined : compared(options, value, index, (chosen) => change({ value: chosen }));
  const line_ = row(how, with_, remover(`remove-test-${index}`, say("condition.remove"), remove));
  line_.classList.add("panel-pair");
  return together(what, line_);
}

function compared(options: Choice[], value: string, index: number, write: (value: string) => void): HTMLElement {
  const label = say("condition.value");
  const key = `value-${index}`;
  if (options.length) {
    const values = options.map((each) => ({ value: quoted(each.value), words: each.words }));
    return choice({ key, label }, value, [none(say("choose")), ...values], write);
  }
  return line({ key, label }, unquoted(value) ?? value, (text) => write(isPlain(text) ? text : quoted(text)));
}

function isPlain(text: string): boolean {
  return /^-?\d+(\.\d+)?$|^(True|False|None)$/.test(text);
}
