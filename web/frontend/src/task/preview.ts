import { onceQuiet, send } from "./answers";

const A_WHILE = 700;

/** Says what follows as soon as everything that must be answered is; an answer that comes late is dropped. */
export function lookAhead(form: HTMLFormElement): void {
  const section = form.querySelector<HTMLElement>(".next");
  const words = section?.querySelector<HTMLElement>(".next-words");
  const address = form.dataset.preview;
  if (!section || !words || !address) return;
  let asked: AbortController | undefined;

  const look = async (): Promise<void> => {
    asked?.abort();
    if (form.dataset.sent) return;
    if (!isAnswered(form)) return show("");
    asked = new AbortController();
    try {
      const answer = await send(form, address, asked.signal);
      show(answer.ok && !answer.redirected ? await answer.text() : "");
    } catch {
      // The network is away, or the form has changed meanwhile: what follows is said later.
    }
  };
  const show = (told: string): void => {
    words.innerHTML = told;
    section.hidden = told.trim() === "";
  };
  const lookSoon = onceQuiet(A_WHILE, () => void look());
  form.addEventListener("input", lookSoon);
  form.addEventListener("change", lookSoon);
  lookSoon();
}

function isAnswered(form: HTMLFormElement): boolean {
  const answered = new FormData(form);
  for (const group of form.querySelectorAll<HTMLElement>("[data-needed-file]")) {
    if (!answered.has(`kept:${group.dataset.taking}`)) return false;
  }
  const controls = form.querySelectorAll<HTMLInputElement>("input:not([type=file]), textarea, select");
  return Array.from(controls).every((control) => control.validity.valid);
}
