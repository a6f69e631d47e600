import type { Pending } from "./taking";

/** The button says what it does: the choice that decides which way the work goes, or that photos are on their way. */
export function sayWhatTheButtonDoes(form: HTMLFormElement, pending: Pending): void {
  const button = form.querySelector<HTMLButtonElement>("[data-finish]");
  if (!button) return;
  const say = (): void => {
    const words = button.dataset;
    const choice = form.querySelector<HTMLInputElement>(`input[name="${form.dataset.outcome}"]:checked`);
    const chosen = choice?.closest("label")?.textContent?.trim();
    button.textContent = pending.isAwaited()
      ? (words.wordsUploading ?? "")
      : chosen
        ? (words.wordsFor ?? "").replace("{choice}", chosen)
        : (words.words ?? "");
  };
  form.addEventListener("change", say);
  pending.onChange(say);
  say();
}
