/** Buttons with `data-opens` open the dialog they name; a dialog with `data-open` stands open from the start. */
export function openDialogs(): void {
  document.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("[data-opens]");
    if (!button) return;
    (document.getElementById(button.dataset.opens ?? "") as HTMLDialogElement | null)?.showModal();
  });
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open]")) dialog.showModal();
}
