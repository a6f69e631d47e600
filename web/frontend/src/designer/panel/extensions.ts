/** Reads and writes our extension elements; each change is one step of undo. */
import type { Desk, Drawn, Moddle } from "../editor/parts";

export type Kind = "Assignment" | "Form" | "Deadline" | "Operator" | "Decision" | "Payload";

/** One of our elements on an element of the diagram, if it is there. */
export function extension(of: Moddle, kind: Kind): Moddle | undefined {
  return values(of).find((each) => each.$type === `lookback:${kind}`);
}

/** An attribute of one of our elements; empty when there is none. */
export function written(of: Moddle, kind: Kind, attribute: string): string {
  return String(extension(of, kind)?.get(attribute) ?? "").trim();
}

/** Writes attributes of one of our elements, which begins to exist by that, and ends when the last one is empty. */
export function write(desk: Desk, element: Drawn, kind: Kind, change: Record<string, unknown>): void {
  const of = element.businessObject;
  const before = extension(of, kind);
  const kept = before ? plain(before) : {};
  const after = Object.fromEntries(Object.entries({ ...kept, ...change }).filter(([, value]) => !isEmpty(value)));
  const others = values(of).filter((each) => each !== before);
  const made = Object.keys(after).length ? [desk.factory.create(`lookback:${kind}`, after)] : [];
  const all = [...others, ...made];
  const container = all.length ? desk.factory.create("bpmn:ExtensionElements", { values: all }) : undefined;
  for (const each of made) each.$parent = container;
  if (container) container.$parent = of;
  desk.modeling.updateModdleProperties(element, of, { extensionElements: container });
}

function values(of: Moddle): Moddle[] {
  return ((of.get("extensionElements") as Moddle | undefined)?.get("values") as Moddle[] | undefined) ?? [];
}

function plain(of: Moddle): Record<string, unknown> {
  const descriptor = of.$descriptor as { properties: { name: string }[] };
  return Object.fromEntries(
    descriptor.properties
      .map(({ name }) => name.replace(/^lookback:/, ""))
      .map((name) => [name, of.get(name)] as const)
      .filter(([, value]) => !isEmpty(value)),
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && !value.length);
}
