/** A form with `data-kept` is remembered in this tab while it is filled in, and forgotten once it was sent. */
export function keepWhatIsTyped(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-kept]")) keep(form, `kept.${form.dataset.kept}`);
}

function keep(form: HTMLFormElement, key: string): void {
  const refused = form.querySelector("[aria-invalid]") !== null;
  if (!refused) restore(form, sessionStorage.getItem(key));
  form.querySelector("[data-kept-said]")?.removeAttribute("hidden");
  form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(entriesOf(form))));
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

function entriesOf(form: HTMLFormElement): [string, string][] {
  return fieldsOf(form).map((field) => [field.name, field.value]);
}

function restore(form: HTMLFormElement, kept: string | null): void {
  if (!kept) return;
  const values = new Map(JSON.parse(kept) as [string, string][]);
  for (const field of fieldsOf(form)) field.value = values.get(field.name) ?? field.value;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return Array.from(form.querySelectorAll<Field>(".entry"));
}
