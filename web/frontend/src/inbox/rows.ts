/** The rows of the inbox, and the one that has the keyboard's attention. */
export function allRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".row[data-task]")];
}

export function titleOf(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>(".row-title");
}

export function tickOf(row: HTMLElement): HTMLInputElement | null {
  return row.querySelector<HTMLInputElement>(".row-tick input");
}

/** The row that holds the focus, if any. */
export function currentRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(".row[data-task]") ?? null;
}
