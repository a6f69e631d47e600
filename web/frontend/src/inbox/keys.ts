/** j and k go from task to task, c claims, x ticks, / searches, ? helps; Enter follows the link that has the focus. */
import { letKeysAct, search } from "../page/keys";
import { allRows, currentRow, tickOf, titleOf } from "./rows";

const ACTS: Record<string, () => void> = {
  j: () => go(1),
  k: () => go(-1),
  c: () => currentRow()?.querySelector<HTMLButtonElement>("[data-claims]")?.click(),
  x: tick,
  "/": search,
  "?": () => (document.getElementById("keys") as HTMLDialogElement | null)?.showModal(),
};

export function letKeysMove(): void {
  letKeysAct(ACTS, isTyping);
}

function go(step: 1 | -1): void {
  const rows = allRows();
  const current = currentRow();
  const next = current ? rows.indexOf(current) + step : step > 0 ? 0 : rows.length - 1;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  if (!row) return;
  titleOf(row)?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function tick(): void {
  const row = currentRow();
  const box = row && tickOf(row);
  if (!box || box.disabled) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Whether a key would write something; a tick box writes nothing. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName);
}
