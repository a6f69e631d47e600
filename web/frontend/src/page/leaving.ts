/** Nobody loses what was typed by leaving the page unawares. */
export function guardWhatWasTyped(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-guarded]")) {
    let touched = false;
    form.addEventListener("input", () => (touched = true));
    form.addEventListener("submit", () => (touched = false));
    form.addEventListener("saved", () => (touched = false));
    window.addEventListener("beforeunload", (event) => touched && event.preventDefault());
  }
}
