/** Buttons with `data-prints` open the browser's own print dialogue, which also saves as PDF. */
export function offerPrinting(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-prints]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
