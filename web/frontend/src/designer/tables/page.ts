/** The page of a decision table: dmn-js, live checking by cell, saving, undo, and the box to try the table in. */
import { openFile } from "../filing";
import { ProblemList } from "../linting/list";
import type { Fix, Problem } from "../linting/problems";
import { TableDesk } from "./editor";
import { goTo, markHits, markProblems } from "./marks";
import { Trying } from "./trying";

/** Opens the table that the page names for editing. */
export async function editTable(root: HTMLElement): Promise<void> {
  const place = root.querySelector<HTMLElement>("[data-part=table]")!;
  const { name = "", token = "" } = root.dataset;
  const checked = root.querySelector<HTMLElement>("[data-linting]")!;
  let hits: string[] = [];
  let told = JSON.parse(checked.querySelector("[data-problems]")?.textContent ?? "[]") as Problem[];

  const desk = new TableDesk(place, () => {
    saver.soon();
    trying.again();
    requestAnimationFrame(mark); // rows that dmn-js has drawn anew have lost their marks
  });
  const list = new ProblemList(checked, { goTo: ({ elementId }) => goTo(place, elementId), mend: (fix) => mend(desk, fix) });
  const show = (problems: Problem[]) => {
    told = problems;
    const own = problems.filter(({ file }) => file === name);
    list.show([...own, ...problems.filter(({ file }) => file !== name)]);
    mark();
  };
  const mark = () => {
    markProblems(place, told.filter(({ file }) => file === name));
    markHits(place, hits);
  };
  const trying = new Trying(root.querySelector<HTMLElement>("[data-try]")!, token, () => desk.written(), (rules) => {
    hits = rules;
    mark();
  });

  const { content, saver } = await openFile(root, () => desk.written(), show);
  try {
    const isThere = await desk.open(content);
    root.dataset.ready = isThere ? "yes" : "no-table";
  } catch {
    root.dataset.ready = "unreadable";
  }
  letUndo(root, desk);
  show(told);
  trying.again();
}

function letUndo(root: HTMLElement, desk: TableDesk): void {
  root.querySelector("[data-act=undo]")?.addEventListener("click", () => desk.stack?.canUndo() && desk.stack.undo());
  root.querySelector("[data-act=redo]")?.addEventListener("click", () => desk.stack?.canRedo() && desk.stack.redo());
}

/** Carries out what the server offers to mend a problem of a table. */
function mend(desk: TableDesk, { kind, cell = "", text = "", name, value = "" }: Fix): void {
  const found = desk.cell(cell);
  if (kind === "write-cell" && found) desk.modeling?.editCell(found, text);
  if (kind === "set-attribute" && name === "hitPolicy") desk.modeling?.editHitPolicy(value, undefined);
  if (kind === "set-attribute" && name === "aggregation") desk.modeling?.editHitPolicy(desk.table?.hitPolicy ?? "", undefined);
}
