/** What to do when somebody else saved the same file: look, take theirs, keep mine as a copy, or put mine over it. */
import { say } from "../words";
import type { Overtaken } from "./saving";

export interface Ways {
  /** Where a copy is added to the draft. */
  files: string;
  name: string;
  token: string;
  content(): Promise<string>;
  /** Takes theirs in place of mine. */
  takeTheirs(): void;
  /** Saves mine over theirs, which stays in the history. */
  putMineOver(revision: number): void;
}

/** Asks in a dialog that the page brings. */
export function askWhatToDo(dialog: HTMLDialogElement, by: Overtaken, ways: Ways): void {
  const told = dialog.querySelector<HTMLElement>("[data-told]")!;
  told.textContent = by.message;
  const refused = dialog.querySelector<HTMLElement>("[data-refused]")!;
  refused.hidden = true;
  for (const button of dialog.querySelectorAll<HTMLButtonElement>("button[data-way]")) {
    button.hidden = by.removed && button.dataset.way !== "copy";
    button.onclick = async () => {
      if (button.dataset.way === "theirs") ways.takeTheirs();
      if (button.dataset.way === "over") ways.putMineOver(by.revision);
      if (button.dataset.way === "copy") return keepCopy(refused, ways);
      dialog.close();
    };
  }
  if (!dialog.open) dialog.showModal();
}

async function keepCopy(refused: HTMLElement, { files, name, token, content }: Ways): Promise<void> {
  const copy = name.replace(/(\.\w+)$/, `_${say("conflict.copy")}_${Date.now().toString(36)}$1`);
  const body = new FormData();
  body.set("name", copy);
  body.set("content", new Blob([await content()]), "copy");
  const answer = await fetch(files, { method: "POST", body, headers: { "X-CSRFToken": token } });
  const told = (await answer.json()) as { address?: string; message?: string };
  if (told.address) return window.location.assign(told.address);
  refused.textContent = told.message ?? "";
  refused.hidden = false;
}
