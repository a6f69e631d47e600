/** Marks the cells, columns and rules of a table that have a problem, or that a try has hit. */
import { byElement, isGrave, type Problem } from "../linting/problems";

/** Marks what has a problem, and takes the marks from what has none any more. */
export function markProblems(place: HTMLElement, problems: Problem[]): void {
  const found = byElement(problems);
  for (const cell of place.querySelectorAll<HTMLElement>("[data-problem]")) {
    if (!found.has(idOf(cell))) unmark(cell);
  }
  for (const [id, told] of found) {
    const cell = cellOf(place, id);
    if (!cell) continue;
    cell.dataset.problem = isGrave(told) ? "error" : "warning";
    cell.title = told.map(({ message }) => message).join("\n");
  }
}

/** Marks the rows that were hit; without ids no row is marked. */
export function markHits(place: HTMLElement, rules: string[]): void {
  for (const cell of place.querySelectorAll<HTMLElement>("[data-hit]")) delete cell.dataset.hit;
  for (const rule of rules) {
    const row = place.querySelector(`[data-row-id="${CSS.escape(rule)}"]`)?.closest("tr");
    if (row) row.dataset.hit = "yes";
  }
}

/** Brings a cell, column or rule into view and puts the cursor there. */
export function goTo(place: HTMLElement, id: string): void {
  const cell = cellOf(place, id);
  cell?.scrollIntoView({ block: "center", inline: "center" });
  cell?.querySelector<HTMLElement>("[contenteditable=true]")?.focus();
}

function cellOf(place: HTMLElement, id: string): HTMLElement | null {
  const name = CSS.escape(id);
  return (
    place.querySelector<HTMLElement>(`td[data-element-id="${name}"]`) ??
    place.querySelector<HTMLElement>(`th[data-col-id="${name}"]`) ??
    place.querySelector<HTMLElement>(`td[data-row-id="${name}"]`)
  );
}

function idOf(cell: HTMLElement): string {
  return cell.dataset.elementId ?? cell.dataset.colId ?? cell.dataset.rowId ?? "";
}

function unmark(cell: HTMLElement): void {
  delete cell.dataset.problem;
  cell.removeAttribute("title");
}
