/** The panel beside the diagram: what the selected element is and does, in words of those who design processes. */
import type { Desk, Drawn } from "../editor/parts";
import { is } from "../editor/parts";
import { say, translated } from "../words";
import { called, repetition } from "./activities";
import { assignment } from "./assignment";
import { condition } from "./condition";
import { event, message } from "./events";
import type { Checking } from "./expression";
import { made } from "./fields";
import { general, identity, nothing } from "./general";
import { nameOfKind } from "./kinds";
import type { Place } from "./place";
import { decision, script, service } from "./service";
import { fetchVocabulary, type Vocabulary } from "./vocabulary";
import { deadline, form } from "./work";

type Part = (place: Place) => HTMLElement | undefined;

const PARTS: [string, Part[]][] = [
  ["bpmn:UserTask", [assignment, form, deadline]],
  ["bpmn:ManualTask", [assignment, deadline]],
  ["bpmn:ServiceTask", [service]],
  ["bpmn:BusinessRuleTask", [decision]],
  ["bpmn:ScriptTask", [script]],
  ["bpmn:SendTask", [message]],
  ["bpmn:ReceiveTask", [message]],
  ["bpmn:CallActivity", [called]],
  ["bpmn:Event", [event]],
  ["bpmn:SequenceFlow", [condition]],
  ["bpmn:Activity", [repetition]],
];

interface Addresses {
  vocabulary: string;
  organisations: string;
  checking: Checking;
}

/** Keeps the panel in step with the diagram; `commit` writes what is being typed into the diagram at once. */
export async function openPanel(frame: HTMLElement, desk: Desk, at: Addresses): Promise<{ commit(): void }> {
  let vocabulary: Vocabulary = await fetchVocabulary(at.vocabulary);
  let wanted = 0;
  let held = false;
  let isAnother = false;

  const draw = () => {
    const cursor = (document.activeElement as HTMLElement | null)?.dataset.key;
    const had = frame.contains(document.activeElement);
    const scroll = isAnother ? 0 : frame.scrollTop;
    frame.replaceChildren(...content(desk, vocabulary, at, drawSoon));
    frame.scrollTop = scroll;
    if (had && cursor) frame.querySelector<HTMLElement>(`[data-key="${CSS.escape(cursor)}"]`)?.focus();
  };
  const drawSoon = () => {
    cancelAnimationFrame(wanted);
    wanted = requestAnimationFrame(() => {
      if (!isAnother && (held || isTyping(frame))) return;
      draw();
      isAnother = false;
    });
  };
  // A click that begins on a button must end on it: what it changed before is drawn after.
  frame.addEventListener("pointerdown", () => (held = true));
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, () => {
      if (held) window.setTimeout(() => ((held = false), drawSoon()));
    });
  }
  frame.addEventListener("focusout", () => window.setTimeout(drawSoon));
  desk.bus.on(["selection.changed", "root.set", "import.done"], () => {
    commit(frame);
    isAnother = true;
    drawSoon();
  });
  desk.bus.on("elements.changed", drawSoon);
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible") return;
    vocabulary = await fetchVocabulary(at.vocabulary);
    drawSoon();
  });
  draw();
  return { commit: () => commit(frame) };
}

function content(desk: Desk, vocabulary: Vocabulary, at: Addresses, draw: () => void): HTMLElement[] {
  const chosen = desk.selection.get();
  if (chosen.length > 1) return [nothing(say("nothing.many", { count: chosen.length }))];
  const drawn = chosen[0]?.labelTarget ?? chosen[0] ?? desk.canvas.getRootElement();
  if (!drawn?.businessObject || drawn.type === "bpmn:Collaboration") return [nothing(say("nothing.hint"))];
  const { checking, organisations } = at;
  const place: Place = { desk, element: drawn, vocabulary, checking, organisations, draw };
  const parts = PARTS.filter(([type]) => is(drawn, type)).flatMap(([, each]) => each);
  const filled = [general, ...parts, identity].map((part) => part(place));
  return [heading(drawn), ...filled.filter((each): each is HTMLElement => each !== undefined)];
}

function heading(drawn: Drawn): HTMLElement {
  const head = made("header", "element-head");
  const kind = made("p", "element-kind");
  const name = made("h2");
  kind.textContent = translated(nameOfKind(drawn));
  name.textContent = String(drawn.businessObject.name ?? "") || say("general.unnamed");
  head.append(kind, name);
  return head;
}

function isTyping(frame: HTMLElement): boolean {
  const active = document.activeElement;
  return frame.contains(active) && (active instanceof HTMLTextAreaElement || isText(active));
}

function isText(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type !== "checkbox" && !element.readOnly;
}

/** What stands in the field with the cursor counts, though nobody left it yet. */
function commit(frame: HTMLElement): void {
  const active = document.activeElement as HTMLElement | null;
  if (active && isTyping(frame)) active.dispatchEvent(new Event("change", { bubbles: true }));
}
