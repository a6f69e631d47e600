/** The page of a form: form-js, our settings, the server's preview, live checking by field, saving and undo. */
import { openFile } from "../filing";
import { ProblemList } from "../linting/list";
import type { Fix, Problem } from "../linting/problems";
import { FormDesk } from "./editor";
import type { Part } from "./kinds";
import { showSettings } from "./panel";
import { Preview } from "./preview";

/** Opens the form that the page names for editing. */
export async function editForm(root: HTMLElement): Promise<void> {
  const part = (name: string) => root.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  const { name = "", token = "" } = root.dataset;
  const checked = root.querySelector<HTMLElement>("[data-linting]")!;
  const desk = new FormDesk(part("form"), part("experts"));
  const list = new ProblemList(checked, {
    goTo: ({ elementId }) => void desk.select(elementId),
    mend: (fix) => mend(desk, fix),
  });
  const show = (problems: Problem[]) => {
    const own = problems.filter(({ file }) => file === name);
    list.show([...own, ...problems.filter(({ file }) => file !== name)]);
  };
  const current = async () => desk.written();
  const { content, saver } = await openFile(root, current, show);
  const preview = new Preview(root.querySelector<HTMLFormElement>("form[data-preview-form]")!, token, () => desk.written());
  try {
    await desk.open(JSON.parse(content) as object);
    root.dataset.ready = "yes";
  } catch {
    root.dataset.ready = "unreadable";
    return;
  }
  desk.onChange(() => {
    saver.soon();
    preview.again();
  });
  desk.onSelect((selected) => showSettings(part("settings"), desk, selected));
  showSettings(part("settings"), desk, null);
  root.querySelector("[data-act=undo]")?.addEventListener("click", () => desk.stack.canUndo() && desk.stack.undo());
  root.querySelector("[data-act=redo]")?.addEventListener("click", () => desk.stack.canRedo() && desk.stack.redo());
  show(JSON.parse(checked.querySelector("[data-problems]")?.textContent ?? "[]") as Problem[]);
  preview.again();
}

/** Carries out what the server offers to mend a problem of a form. */
function mend(desk: FormDesk, { kind, path = "", value = "", elementId }: Fix): void {
  if (kind !== "set-member" || !desk.select(elementId)) return;
  const part = desk.selected;
  const [outer = "", inner] = path.split(".");
  if (!part) return;
  if (!inner) return desk.change(part, { [outer]: value || undefined } as Partial<Part>);
  const within = { ...(part[outer as keyof Part] as Record<string, unknown> | undefined), [inner]: value || undefined };
  desk.change(part, { [outer]: Object.fromEntries(Object.entries(within).filter(([, each]) => each !== undefined)) });
}
