/** Live checking of a diagram: our own rules at once, the server's a moment later, as counts on the elements and as a
 * list whose lines lead there. */
import type { Desk } from "../editor/parts";
import { Badges } from "./badges";
import { drawnOf, mend } from "./fixes";
import { ProblemList } from "./list";
import { LiveCheck } from "./live";
import { byElement, together, type Problem } from "./problems";
import { findings, idle, type Finding } from "./rules";

const OWN_RULES_AFTER = 300; // milliseconds without a change
const SERVER_AFTER = 1200;

export interface Linting {
  /** Shows what the server said of the set when the file was saved. */
  told(problems: Problem[]): void;
  /** Checks what is drawn now. */
  check(): void;
}

/**
 * Begins to check what is drawn on a desk. `place` is the section of `designer/linting.html`: it names the file, brings
 * the words, and in `data-address` the page that checks without saving.
 */
export function attachLinting(desk: Desk, place: HTMLElement): Linting {
  const { file = "", address = "", token = "" } = place.dataset;
  const rules = JSON.parse(place.querySelector("[data-rules]")?.textContent ?? "{}") as Record<string, Words>;
  const live = address ? new LiveCheck(address, token) : null;
  const list = new ProblemList(place, {
    goTo: (problem) => show(desk, problem.elementId),
    mend: (fix) => {
      show(desk, fix.elementId);
      mend(desk, fix);
    },
  });
  const badges = new Badges(desk, (found) => list.count(found), (element) => list.lead(element));
  let told = JSON.parse(place.querySelector("[data-problems]")?.textContent ?? "[]") as Problem[];
  let found: Problem[] = [];
  let changes = 0;
  let [ownRules, server] = [0, 0];

  function refresh(): void {
    const here = together(told.filter((problem) => problem.file === file), found);
    badges.show(byElement(here));
    list.show([...here, ...told.filter((problem) => problem.file !== file)]);
  }

  async function runOwnRules(): Promise<void> {
    const at = changes;
    const all = await findings(desk.definitions, () => at !== changes || isDragging(desk));
    if (all === null) return at === changes ? later() : undefined;
    found = all.filter(({ rule }) => rules[rule]).map((each) => asProblem(desk, file, each, rules));
    refresh();
  }

  async function askServer(): Promise<void> {
    await idle();
    if (!live) return;
    if (isDragging(desk)) return later();
    const at = changes;
    const { xml } = await desk.modeler.saveXML();
    const problems = xml ? await live.ask(xml) : null;
    if (problems && at === changes) {
      told = problems;
      refresh();
    }
  }

  function later(): void {
    clearTimeout(ownRules);
    clearTimeout(server);
    ownRules = window.setTimeout(() => void runOwnRules(), OWN_RULES_AFTER);
    if (live) server = window.setTimeout(() => void askServer(), SERVER_AFTER);
  }

  desk.bus.on("commandStack.changed", () => {
    changes += 1;
    later();
  });
  desk.bus.on("import.done", () => void idle().then(refresh).then(runOwnRules));
  return {
    told(problems) {
      clearTimeout(server);
      live?.cancel();
      told = problems;
      void idle().then(refresh);
    },
    check: () => void idle().then(refresh).then(runOwnRules),
  };
}

/** Selects an element and brings it into view, on the plane it is drawn on. */
function show(desk: Desk, id: string): void {
  const element = drawnOf(desk, id);
  if (!element) return;
  const plane = desk.canvas.findRoot(element);
  if (plane && plane !== desk.canvas.getRootElement()) desk.canvas.setRootElement(plane);
  if (element.parent) desk.canvas.scrollToElement(element, 80);
  desk.selection.select(element.parent ? element : null);
}

interface Words {
  message: string;
  severity: Problem["severity"];
  fix?: string;
}

function asProblem(desk: Desk, file: string, { rule, element }: Finding, rules: Record<string, Words>): Problem {
  const words = rules[rule] as Words;
  const name = String(desk.registry.get(element)?.businessObject.name ?? "");
  const fix = words.fix ? { kind: words.fix, label: rules[words.fix]?.message ?? "", elementId: element } : null;
  return { file, elementId: element, elementName: name, message: words.message, severity: words.severity, rule, fix };
}

function isDragging(desk: Desk): boolean {
  return Boolean(desk.modeler.get<{ context(): object | undefined }>("dragging").context());
}
