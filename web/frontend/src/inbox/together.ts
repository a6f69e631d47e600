/** The bar for ticked tasks: it says how many they are, and offers what can be done with all of them. */
import { allRows, tickOf } from "./rows";

export function doTogether(): void {
  const bar = document.querySelector<HTMLElement>(".together");
  if (!bar) return;
  const show = (): void => describe(bar, allRows().filter((row) => tickOf(row)?.checked));
  document.addEventListener("change", ({ target }) => (target as Element).closest(".row-tick") && show());
  document.addEventListener("reset", () => setTimeout(show));
  window.addEventListener("pageshow", show);
  show();
}

function describe(bar: HTMLElement, ticked: HTMLElement[]): void {
  bar.classList.toggle("is-needed", ticked.length > 0);
  const words = bar.querySelector<HTMLElement>("[data-words]");
  const { one = "", many = "" } = bar.querySelector<HTMLElement>("p")?.dataset ?? {};
  if (words) words.textContent = ticked.length === 1 ? one : many.replace("{count}", String(ticked.length));
  for (const button of bar.querySelectorAll<HTMLButtonElement>("button[name=act]")) {
    button.disabled = !ticked.every((row) => acts(row).includes(button.value));
  }
  const undecided = bar.querySelector<HTMLElement>("[data-undecided]");
  if (undecided) undecided.hidden = ticked.every((row) => acts(row).includes("confirm"));
}

function acts(row: HTMLElement): string[] {
  return (row.dataset.acts ?? "").split(" ");
}
