/** A filter bar applies each choice at once; without this, its button does. Empty choices stay out of the address. */
export function applyFiltersAtOnce(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.filters")) {
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement || isTick(event.target)) form.requestSubmit();
    });
    form.addEventListener("formdata", ({ formData }) => {
      const empty = [...formData.entries()].filter(([, value]) => value === "").map(([name]) => name);
      for (const name of empty) dropEmpty(formData, name);
    });
  }
}

function isTick(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && ["checkbox", "radio", "date"].includes(target.type);
}

function dropEmpty(data: FormData, name: string): void {
  const kept = data.getAll(name).filter((value) => value !== "");
  data.delete(name);
  for (const value of kept) data.append(name, value);
}
