/** A second press of a slow button must not send the form twice. */
export function sendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === "get" || form.method === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    for (const button of buttonsOf(form)) button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => Array.from(document.forms, allowSending));
}

/** A page that comes back from the browser's cache may send its forms again. */
export function allowSending(form: HTMLFormElement): void {
  delete form.dataset.sent;
  for (const button of buttonsOf(form)) button.removeAttribute("aria-busy");
}

function buttonsOf(form: HTMLFormElement): NodeListOf<HTMLButtonElement> {
  return form.querySelectorAll<HTMLButtonElement>("button:not([type=button])");
}
