/** Walks the diagram by keyboard: along the flows with Alt and the arrows, to the panel with Alt and Enter; and goes on
 * drawing: A appends a step. */
import { say, translated } from "../words";
import { nameOfKind } from "../panel/kinds";
import type { Desk, Drawn } from "./parts";
import { is } from "./parts";

interface Keyboard {
  addListener(listener: (context: { keyEvent: KeyboardEvent }) => true | undefined): void;
}

const NEAR = 80;

/** `tell` says to those who cannot see it where the walk has come to. */
export function letKeysWalk(desk: Desk, stage: HTMLElement, panel: HTMLElement, tell: (words: string) => void): void {
  const place = desk.modeler.get<{ append(source: Drawn, shape: object): void }>("autoPlace");
  const factory = desk.modeler.get<{ createShape(attributes: object): object }>("elementFactory");
  desk.modeler.get<Keyboard>("keyboard").addListener(({ keyEvent }) => {
    const [here] = desk.selection.get();
    const isAppending = keyEvent.key.toLowerCase() === "a" && !keyEvent.ctrlKey && !keyEvent.metaKey && !keyEvent.altKey;
    if (!isAppending || !here || !isNode(here) || is(here, "bpmn:EndEvent")) return undefined;
    place.append(here, factory.createShape({ type: "bpmn:UserTask" }));
    return true;
  });
  stage.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    if (event.key === "Enter") {
      panel.querySelector<HTMLElement>("input, textarea, select")?.focus();
      event.preventDefault();
      return;
    }
    const next = step(desk, event.key);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next) go(desk, next, tell);
    else tell(say("walk.end"));
  }, { capture: true });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") desk.canvas.focus();
  });
}

function go(desk: Desk, next: Drawn, tell: (words: string) => void): void {
  desk.selection.select(next);
  desk.canvas.scrollToElement(next, NEAR);
  const name = String(next.businessObject.name ?? "") || say("general.unnamed");
  const ways = (next.outgoing ?? []).length;
  tell(say("walk.at", { kind: translated(nameOfKind(next)), name, ways }));
}

/** Where a key leads: null where there is nothing further, undefined for keys that do not walk. */
function step(desk: Desk, key: string): Drawn | null | undefined {
  const [here] = desk.selection.get();
  const at = here?.labelTarget ?? here;
  switch (key) {
    case "ArrowRight":
      return at ? (ahead(at)[0] ?? null) : (beginning(desk) ?? null);
    case "ArrowLeft":
      return at ? (behind(at)[0] ?? null) : (beginning(desk) ?? null);
    case "ArrowDown":
      return at ? (beside(desk, at, 1) ?? null) : (beginning(desk) ?? null);
    case "ArrowUp":
      return at ? (beside(desk, at, -1) ?? null) : (beginning(desk) ?? null);
    default:
      return undefined;
  }
}

function beginning(desk: Desk): Drawn | undefined {
  const nodes = desk.registry.filter(isNode);
  return nodes.find((each) => is(each, "bpmn:StartEvent")) ?? nodes[0];
}

function ahead(at: Drawn): Drawn[] {
  if (at.target) return [at.target];
  return flows(at.outgoing).map((flow) => flow.target!);
}

function behind(at: Drawn): Drawn[] {
  if (at.source) return [at.source];
  const from = flows(at.incoming).map((flow) => flow.source!);
  return from.length ? from : ((at as { host?: Drawn }).host ? [(at as { host?: Drawn }).host!] : []);
}

function flows(of: Drawn[] | undefined): Drawn[] {
  return (of ?? []).filter((each) => is(each, "bpmn:SequenceFlow") && !each.labelTarget);
}

/** The other ways that lead out of where this one came from; then whatever stands nearest above or below. */
function beside(desk: Desk, at: Drawn, direction: 1 | -1): Drawn | undefined {
  const siblings = behind(at).flatMap(ahead).filter((each) => each !== at);
  const lies = (each: Drawn) => direction * (middle(each).y - middle(at).y) > 1;
  const near = (all: Drawn[]) => all.filter(lies).sort((one, other) => apart(at, one) - apart(at, other))[0];
  const attached = direction > 0 ? at.attachers?.[0] : undefined;
  return attached ?? near(siblings) ?? near(desk.registry.filter((each) => isNode(each) && each !== at));
}

function isNode(each: Drawn): boolean {
  return is(each, "bpmn:FlowNode") && !each.labelTarget;
}

function middle(each: Drawn): { x: number; y: number } {
  return { x: each.x + each.width / 2, y: each.y + each.height / 2 };
}

function apart(one: Drawn, other: Drawn): number {
  return Math.abs(middle(one).x - middle(other).x) + Math.abs(middle(one).y - middle(other).y);
}
