/** j and k go from row to row, / searches; Enter follows the link that has the focus. */
import { letKeysAct, search } from "../page/keys";

const ACTS: Record<string, () => void> = {
  j: () => go(1),
  k: () => go(-1),
  "/": search,
};

export function letKeysMoveRows(): void {
  letKeysAct(ACTS, isTyping);
}

function go(step: 1 | -1): void {
  const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("tr[data-row] th a"));
  const row = document.activeElement?.closest("tr[data-row]");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}
