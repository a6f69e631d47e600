/** What every part of the panel works with: the diagram, the element, what can be referred to, and how expressions are
 * checked. */
import type { Desk, Drawn, Moddle } from "../editor/parts";
import { is } from "../editor/parts";
import { say } from "../words";
import type { Checking } from "./expression";
import { extension, written } from "./extensions";
import { button, type Choice } from "./fields";
import type { Vocabulary } from "./vocabulary";

export interface Place {
  desk: Desk;
  element: Drawn;
  vocabulary: Vocabulary;
  checking: Checking;
  organisations: string;
  draw(): void;
}

/** The steps of this diagram whose answers are kept, by the variable that holds them. */
export function results(desk: Desk): { variable: string; form: string; step: Drawn }[] {
  return desk.registry
    .filter((each) => is(each, "bpmn:UserTask") && !each.labelTarget)
    .map((step) => ({
      step,
      variable: written(step.businessObject, "Form", "result"),
      form: written(step.businessObject, "Form", "ref"),
    }))
    .filter(({ variable }) => variable);
}

/** What conditions of this diagram can ask: facts of the case, answers of forms, outcomes of decisions. */
export function variables({ desk, vocabulary }: Place): (Choice & { options: Choice[] })[] {
  const answers = results(desk).flatMap(({ variable, form, step }) =>
    (vocabulary.forms.find((each) => each.id === form)?.questions ?? []).map((question) => ({
      value: `${variable}.${question.key}`,
      words: `${step.businessObject.name ?? step.id}${say("colon")}${question.label}`,
      options: question.options.map((each) => ({ value: String(each.value), words: String(each.label ?? each.value) })),
    })),
  );
  return [...answers, ...outcomes(desk, vocabulary), ...vocabulary.variables];
}

function outcomes(desk: Desk, vocabulary: Vocabulary): (Choice & { options: Choice[] })[] {
  const taken = desk.registry.filter((each) => is(each, "bpmn:BusinessRuleTask") && !each.labelTarget);
  return taken.flatMap((step) => {
    const bound = extension(step.businessObject, "Decision");
    const variable = String(bound?.get("result") ?? "");
    const decision = vocabulary.decisions.find((each) => each.id === bound?.get("ref"));
    if (!variable || !decision) return [];
    return decision.outputs.map((output) => ({
      value: `${variable}.${output}`,
      words: `${decision.name}${say("colon")}${output}`,
      options: [],
    }));
  });
}

/** An expression that is picked together or, if its reader prefers or it reads otherwise, written out. */
export function pickedOrWritten(
  place: Place,
  key: string,
  picked: (() => HTMLElement) | undefined,
  write: () => HTMLElement,
): HTMLElement {
  const of = `${place.element.id}/${key}`;
  const isWritten = !picked || writers.has(of);
  const frame = isWritten ? write() : picked();
  if (!picked) return frame;
  const change = button(
    `${key}-mode`,
    say(isWritten ? "mode.pick" : "mode.write"),
    () => {
      if (isWritten) writers.delete(of);
      else writers.add(of);
      place.draw();
    },
    "panel-mode",
  );
  frame.append(change);
  return frame;
}

const writers = new Set<string>();

/** The element's own part of the file. */
export function own({ element }: Place): Moddle {
  return element.businessObject;
}
