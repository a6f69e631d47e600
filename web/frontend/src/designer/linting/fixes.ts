/** Carries out what the server offers to mend a problem of a diagram; each is one step of undo. */
import type { Desk, Drawn, Moddle } from "../editor/parts";
import { extension, write, type Kind } from "../panel/extensions";
import type { Fix } from "./problems";

const KINDS: Record<string, Kind> = {
  assignment: "Assignment",
  form: "Form",
  deadline: "Deadline",
  operator: "Operator",
  decision: "Decision",
  payload: "Payload",
};

type Mend = (desk: Desk, element: Drawn, fix: Fix) => void;

const MENDS: Record<string, Mend> = {
  "set-default": (desk, gateway, { flow }) => {
    const chosen = desk.registry.get(flow ?? "")?.businessObject;
    desk.asOne(() => {
      desk.modeling.updateProperties(gateway, { default: chosen });
      const drawn = desk.registry.get(flow ?? "");
      if (drawn) desk.modeling.updateProperties(drawn, { conditionExpression: undefined });
    });
  },
  "remove-condition": (desk, flow) => desk.modeling.updateProperties(flow, { conditionExpression: undefined }),
  "write-condition": (desk, flow, { text }) => {
    const conditionExpression = desk.factory.create("bpmn:FormalExpression", { body: text });
    desk.modeling.updateProperties(flow, { conditionExpression });
  },
  "set-attribute": (desk, element, { name, value, elementId }) => {
    const change = { [name ?? ""]: valueOf(value ?? "") };
    const pool = element.businessObject.id === elementId ? undefined : processOf(element);
    if (pool) desk.modeling.updateModdleProperties(element, pool, change);
    else desk.modeling.updateProperties(element, change);
  },
  "write-extension": (desk, element, fix) => {
    const kind = KINDS[fix.element ?? ""];
    if (kind) write(desk, element, kind, { [fix.attribute ?? ""]: fix.value });
  },
  "write-parameter": (desk, task, { name, value }) =>
    withParameters(desk, task, (all) => [...all.filter((each) => each.name !== name), { name, value }]),
  "rename-parameter": (desk, task, { name, to }) =>
    withParameters(desk, task, (all) => all.map((each) => (each.name === name ? { ...each, name: to } : each))),
  "remove-parameter": (desk, task, { name }) =>
    withParameters(desk, task, (all) => all.filter((each) => each.name !== name)),
  name: (desk, element) => {
    desk.modeler.get<{ activate(element: Drawn): void }>("directEditing").activate(element);
  },
  remove: (desk, element) => desk.modeling.removeElements([element]),
};

/** Mends a problem, if the element it is about is still there. */
export function mend(desk: Desk, fix: Fix): void {
  const element = drawnOf(desk, fix.elementId);
  if (element) MENDS[fix.kind]?.(desk, element, fix);
}

/** The element of an id as it is drawn; of a process, its pool or the canvas. */
export function drawnOf(desk: Desk, id: string): Drawn | undefined {
  return desk.registry.get(id) ?? desk.registry.filter((each) => processOf(each)?.id === id)[0];
}

function processOf(element: Drawn): Moddle | undefined {
  return element.businessObject.processRef as Moddle | undefined;
}

function valueOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return text || undefined;
}

type Given = { name?: string; value?: string };

function withParameters(desk: Desk, task: Drawn, change: (all: Given[]) => Given[]): void {
  const before = (extension(task.businessObject, "Operator")?.get("parameters") as Moddle[] | undefined) ?? [];
  const all = change(before.map((each) => ({ name: String(each.get("name")), value: String(each.get("value") ?? "") })));
  write(desk, task, "Operator", { parameters: all.map((each) => desk.factory.create("lookback:Parameter", { ...each })) });
}
