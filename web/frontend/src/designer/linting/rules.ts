/** Our rules that need no server: what a drawing lacks at first glance, told as soon as it is drawn. */
import testRule from "bpmnlint/lib/test-rule.js";
import fakeJoin from "bpmnlint/rules/fake-join.js";
import labelRequired from "bpmnlint/rules/label-required.js";
import noDisconnected from "bpmnlint/rules/no-disconnected.js";
import noDuplicateSequenceFlows from "bpmnlint/rules/no-duplicate-sequence-flows.js";
import superfluousGateway from "bpmnlint/rules/superfluous-gateway.js";
import { is, type Moddle } from "../editor/parts";
import { written } from "../panel/extensions";

interface Reporter {
  report(id: string, message: string): void;
}

/** A rule by its name, made anew for each run, as some remember what they saw; what it finds is said in the page's words
 * under that name. */
const RULES: Record<string, () => object> = {
  "label-required": labelRequired,
  "no-disconnected": noDisconnected,
  "no-duplicate-sequence-flows": noDuplicateSequenceFlows,
  "fake-join": fakeJoin,
  "superfluous-gateway": superfluousGateway,
  assignment: () => ofUserTasks((task) => ASSIGNMENT.some((name) => written(task, "Assignment", name)) || isCamundas(task)),
  form: () => ofUserTasks((task) => Boolean(written(task, "Form", "ref")) || isCamundas(task)),
  deadline: () => ofUserTasks(
    (task) => DEADLINE.some((name) => written(task, "Deadline", name)) || isCamundas(task) || isInLoop(task),
  ),
};
const ASSIGNMENT = ["candidateGroups", "candidateUsers", "assignee"];
const DEADLINE = ["decision", "due"];

/** What one rule found, by the id of the element. */
export interface Finding {
  rule: string;
  element: string;
}

/** Runs rule after rule, each when the browser has time, so that nothing that is dragged ever waits. */
export async function findings(definitions: Moddle, isOutdated: () => boolean): Promise<Finding[] | null> {
  const found: Finding[] = [];
  for (const [rule, make] of Object.entries(RULES)) {
    await idle();
    if (isOutdated()) return null;
    for (const { id } of testRule({ moddleRoot: definitions, rule: make() })) found.push({ rule, element: id });
  }
  return found;
}

/** Resolves when the browser has nothing better to do. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 50);
  });
}

function ofUserTasks(isThere: (task: Moddle) => boolean): object {
  return {
    check(node: Moddle, reporter: Reporter): void {
      if (is(node, "bpmn:UserTask") && !isThere(node)) reporter.report(node.id ?? "", "");
    },
  };
}

/** Whether Camunda's modeler drew the task; what of it counts here, the server says. */
function isCamundas(task: Moddle): boolean {
  const attributes = Object.keys((task.$attrs as object | undefined) ?? {});
  const extensions = (task.get("extensionElements") as Moddle | undefined)?.get("values") as Moddle[] | undefined;
  const names = [...attributes, ...(extensions ?? []).map(({ $type }) => $type)];
  return names.some((name) => /^(camunda|zeebe):/.test(name));
}

function isInLoop(task: Moddle): boolean {
  return Boolean(task.get("loopCharacteristics"));
}
