/** What a service task does: a registered operator with its parameters, each filled in by what it takes. */
import type { Moddle } from "../editor/parts";
import { say } from "../words";
import { expression } from "./expression";
import { extension, write, written } from "./extensions";
import { choice, hint, line, none, section, together, type Choice } from "./fields";
import { own, pickedOrWritten, variables, type Place } from "./place";
import { quoted, unquoted } from "./shapes";
import type { Operator, Parameter } from "./vocabulary";

export function service(place: Place): HTMLElement {
  const { desk, element, vocabulary } = place;
  const name = written(own(place), "Operator", "name");
  const operator = vocabulary.operators.find((each) => each.name === name);
  const options = vocabulary.operators.map((each) => ({ value: each.name, words: `${each.title} (${each.name})` }));
  return section(
    "service",
    say("service.title"),
    choice({ key: "operator", label: say("service.operator") }, name, [none(say("choose")), ...options], (value) =>
      write(desk, element, "Operator", { name: value, parameters: kept(place, value) }),
    ),
    operator?.description ? hint(operator.description) : undefined,
    ...(operator?.parameters ?? []).map((each) => parameter(place, operator!, each)),
    name
      ? line({ key: "operator-result", label: say("service.result"), hint: say("service.result_hint") },
          written(own(place), "Operator", "result"), (value) => write(desk, element, "Operator", { result: value }))
      : undefined,
  );
}

/** What was filled in stays where the other operator takes it too. */
function kept(place: Place, name: string): Moddle[] {
  const taken = place.vocabulary.operators.find((each) => each.name === name)?.parameters.map((each) => each.name) ?? [];
  return given(place).filter((each) => taken.includes(String(each.name)));
}

function given(place: Place): Moddle[] {
  return (extension(own(place), "Operator")?.get("parameters") as Moddle[] | undefined) ?? [];
}

function parameter(place: Place, operator: Operator, each: Parameter): HTMLElement {
  const value = String(given(place).find(({ name }) => name === each.name)?.value ?? "");
  const key = `parameter-${each.name}`;
  const label = each.required ? say("service.needed", { name: each.name }) : each.name;
  const save = (changed: string) => set(place, operator, each.name, changed);
  return pickedOrWritten(place, key, picker(key, label, each, value, save), () =>
    expression(place.checking, { key, label, hint: value || !each.required ? "" : say("service.missing") }, value, save),
  );
}

/** How a fixed value is chosen; nothing when the parameter takes whatever an expression gives, or has one already. */
function picker(
  key: string,
  label: string,
  { kind, options }: Parameter,
  value: string,
  save: (value: string) => void,
): (() => HTMLElement) | undefined {
  const fixed = kind === "choice" ? options.map((each) => ({ value: quoted(each.value), words: each.words })) : truths();
  if (kind === "choice" || kind === "truth") {
    const isOne = !value || fixed.some((each) => each.value === value);
    return isOne ? () => together(choice({ key, label }, value, [none(say("choose")), ...fixed], save)) : undefined;
  }
  const text = unquoted(value);
  if (kind !== "text" || text === undefined) return undefined;
  return () => together(line({ key, label }, text, (changed) => save(quoted(changed))));
}

function truths(): Choice[] {
  return [
    { value: "True", words: say("yes") },
    { value: "False", words: say("no") },
  ];
}

function set(place: Place, operator: Operator, name: string, value: string): void {
  const { desk, element } = place;
  const values = new Map(given(place).map((each) => [String(each.name), String(each.value)]));
  values.set(name, value);
  const order = [...new Set([...operator.parameters.map((each) => each.name), ...values.keys()])];
  const parameters = order
    .filter((each) => values.get(each))
    .map((each) => desk.factory.create("lookback:Parameter", { name: each, value: values.get(each) }));
  write(desk, element, "Operator", { parameters });
}

/** The decision that a business rule task takes. */
export function decision(place: Place): HTMLElement {
  const { desk, element, vocabulary } = place;
  const ref = written(own(place), "Decision", "ref");
  const options = vocabulary.decisions.map(({ id, name }) => ({ value: id, words: name }));
  return section(
    "decision",
    say("decision.title"),
    choice({ key: "decision", label: say("decision.ref") }, ref, [none(say("choose")), ...options], (value) =>
      write(desk, element, "Decision", { ref: value, result: written(own(place), "Decision", "result") || value }),
    ),
    line({ key: "decision-result", label: say("decision.result"), hint: say("decision.result_hint") },
      written(own(place), "Decision", "result"), (value) => write(desk, element, "Decision", { result: value })),
  );
}

/** The lines of a script task. */
export function script(place: Place): HTMLElement {
  const { desk, element, checking } = place;
  const text = String(own(place).get("script") ?? "").trim();
  const known = variables(place).slice(0, 6).map(({ value }) => value).join(", ");
  return section(
    "script",
    say("script.title"),
    expression(checking, { key: "script", label: say("script.lines"), hint: say("script.hint", { known }) }, text,
      (value) => desk.modeling.updateProperties(element, { script: value || undefined }), { kind: "script", rows: 6 }),
  );
}
