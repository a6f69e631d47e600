/** Buttons with `data-reveals` show and hide the password in the field they name. */
export function letPasswordsBeSeen(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-reveals]")) {
    const field = document.getElementById(button.dataset.reveals ?? "") as HTMLInputElement;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      field.focus();
    });
  }
}
