/** The list of problems beside an editor: each line leads to what it is about, and mends it where that can be done. */
import { isGrave, type Fix, type Problem } from "./problems";

const MOST = 200;

export interface Acts {
  /** Shows the element of a problem. */
  goTo(problem: Problem): void;
  /** Mends a problem. */
  mend(fix: Fix): void;
}

export class ProblemList {
  private looks = "";
  private readonly lines: HTMLElement;
  private readonly line: HTMLTemplateElement;

  constructor(
    readonly place: HTMLElement,
    private readonly acts: Acts,
  ) {
    this.lines = place.querySelector("ol") as HTMLElement;
    this.line = place.querySelector("template[data-line]") as HTMLTemplateElement;
  }

  /** The words for how many problems there are. */
  count(problems: Problem[]): string {
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const told = [this.words("errors", errors), this.words("warnings", problems.length - errors)];
    return told.filter(Boolean).join(this.place.dataset.joined ?? ", ");
  }

  show(problems: Problem[]): void {
    const looks = JSON.stringify(problems);
    if (looks === this.looks) return;
    this.looks = looks;
    this.lines.replaceChildren(...problems.slice(0, MOST).map((problem) => this.lineOf(problem)));
    const [none, more, count] = ["none", "more", "count"].map((name) =>
      this.place.querySelector<HTMLElement>(`[data-${name}]`),
    );
    if (none) none.hidden = problems.length > 0;
    if (more) {
      more.hidden = problems.length <= MOST;
      more.textContent = (more.dataset.more ?? "").replace("{count}", String(problems.length - MOST));
    }
    if (count) {
      count.textContent = this.count(problems);
      count.classList.toggle("is-error", isGrave(problems));
    }
  }

  /** Puts the cursor on the first problem of an element. */
  lead(element: string): void {
    const line = this.lines.querySelector<HTMLElement>(`[data-element="${CSS.escape(element)}"] button`);
    line?.scrollIntoView({ block: "nearest" });
    line?.focus();
  }

  private lineOf(problem: Problem): Node {
    const made = this.line.content.cloneNode(true) as DocumentFragment;
    const line = made.querySelector("li") as HTMLElement;
    line.dataset.element = problem.elementId;
    line.dataset.rule = problem.rule;
    line.classList.add(`is-${problem.severity}`);
    put(line, "kind", this.place.dataset[problem.severity] ?? "");
    put(line, "where", whereOf(problem));
    put(line, "message", problem.message);
    line.querySelector("button")?.addEventListener("click", () => this.acts.goTo(problem));
    const mend = line.querySelector<HTMLButtonElement>("[data-fix]");
    if (mend && problem.fix && !this.place.hasAttribute("data-only-read")) {
      const { fix } = problem;
      mend.hidden = false;
      mend.textContent = fix.label;
      mend.addEventListener("click", () => this.acts.mend(fix));
    }
    return made;
  }

  private words(kind: "errors" | "warnings", count: number): string {
    return count ? (this.place.dataset[kind] ?? "").replace("{count}", String(count)) : "";
  }
}

/** The element's name or id, which for a cell of a table says nothing: its message names rule and column. */
function whereOf({ file, elementId, elementName }: Problem): string {
  return elementName || (file.endsWith(".dmn") ? "" : elementId || file);
}

function put(line: HTMLElement, name: string, text: string): void {
  const place = line.querySelector(`[data-${name}]`);
  if (place) place.textContent = text;
}
