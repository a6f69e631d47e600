/** Shows, hides and requires questions by the answers to others, as the schema says and the server checks. */
type Comparison = [key: string, isEqual: boolean, value: unknown];
type Condition = Comparison[][];

export function followConditions(form: HTMLFormElement): void {
  const follow = (): void => {
    for (const part of form.querySelectorAll<HTMLElement>("[data-hidden-when]")) {
      const hidden = holds(form, read(part.dataset.hiddenWhen));
      part.hidden = hidden;
      for (const control of controlsIn(part)) control.disabled = hidden;
    }
    for (const part of form.querySelectorAll<HTMLElement>("[data-required-when]")) {
      const needed = holds(form, read(part.dataset.requiredWhen));
      part.querySelector<HTMLElement>("[data-needed]")?.toggleAttribute("hidden", !needed);
      part.classList.toggle("is-needed", needed);
      for (const control of controlsIn(part)) control.required = needed;
    }
  };
  form.addEventListener("change", follow);
  follow();
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function controlsIn(part: HTMLElement): NodeListOf<Control> {
  return part.querySelectorAll<Control>("input, textarea, select");
}

function read(written: string | undefined): Condition {
  return JSON.parse(written ?? "[]") as Condition;
}

function holds(form: HTMLFormElement, alternatives: Condition): boolean {
  return alternatives.some((all) => all.every(([key, isEqual, value]) => (answer(form, key) === text(value)) === isEqual));
}

function answer(form: HTMLFormElement, key: string): string {
  const tick = form.querySelector<HTMLInputElement>(`input[type=checkbox]#field-${key}`);
  if (tick) return String(tick.checked);
  return new FormData(form).get(key)?.toString() ?? "";
}

function text(value: unknown): string {
  return value === null ? "" : String(value);
}
