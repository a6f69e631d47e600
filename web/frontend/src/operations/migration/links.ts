/** Which step becomes which: pointing at one, in the table or on a diagram, marks it and its counterpart. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

interface Markers {
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
}

interface Registry {
  get(element: string): unknown;
}

interface Events {
  on(event: string, hear: (event: { element: { id: string } }) => void): void;
}

const MARK = "is-linked";

/** The two diagrams and the rows of the table, kept together. */
export class Links {
  private marked: [NavigatedViewer, string][] = [];
  private rows: HTMLElement[] = [];

  constructor(
    private readonly old: NavigatedViewer,
    private readonly present: NavigatedViewer,
  ) {}

  /** A row that is pointed at, or whose choice is focused, shows its step and what that becomes. */
  followTable(table: Element | null): void {
    this.rows = [...(table?.querySelectorAll<HTMLElement>("tr[data-element]") ?? [])];
    for (const row of this.rows) {
      const show = () => this.mark(row.dataset.element ?? "", this.targetOf(row));
      row.addEventListener("pointerenter", show);
      row.addEventListener("focusin", show);
      row.addEventListener("change", show);
      row.addEventListener("pointerleave", () => this.clear());
      row.addEventListener("focusout", () => this.clear());
    }
  }

  /** A step that is pointed at on a diagram shows its counterpart on the other. */
  followDiagrams(): void {
    this.follow(this.old, (row, id) => row.dataset.element === id);
    this.follow(this.present, (row, id) => this.targetOf(row) === id);
  }

  private follow(viewer: NavigatedViewer, isOf: (row: HTMLElement, id: string) => boolean): void {
    const events = viewer.get<Events>("eventBus");
    events.on("element.hover", ({ element }) => {
      const row = this.rows.find((each) => isOf(each, element.id));
      if (row) this.mark(row.dataset.element ?? "", this.targetOf(row));
    });
    events.on("element.out", () => this.clear());
  }

  private targetOf(row: HTMLElement): string {
    const chosen = row.querySelector("select")?.value;
    if (chosen === "-") return "";
    return chosen || (row.dataset.target ?? "");
  }

  private mark(element: string, target: string): void {
    this.clear();
    this.put(this.old, element);
    this.put(this.present, target);
    for (const row of this.rows) row.classList.toggle(MARK, row.dataset.element === element);
  }

  private put(viewer: NavigatedViewer, element: string): void {
    if (!element || !viewer.get<Registry>("elementRegistry").get(element)) return;
    viewer.get<Markers>("canvas").addMarker(element, MARK);
    this.marked.push([viewer, element]);
  }

  private clear(): void {
    for (const [viewer, element] of this.marked) viewer.get<Markers>("canvas").removeMarker(element, MARK);
    this.marked = [];
    for (const row of this.rows) row.classList.remove(MARK);
  }
}
