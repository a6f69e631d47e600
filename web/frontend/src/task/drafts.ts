import { onceQuiet, send } from "./answers";

const A_MOMENT = 1200;

/** Saves what was typed, a moment after the last key and when a field is left; one saving at a time, in order, except
 * when the page goes away: then at once. */
export function saveDrafts(form: HTMLFormElement): void {
  const state = form.querySelector<HTMLElement>(".draft-state");
  const address = form.dataset.draft;
  if (!state || !address) return;
  let touched = false;
  let saving: Promise<void> | undefined;

  const save = (): void => {
    if (!touched || form.dataset.sent) return;
    if (saving && document.visibilityState === "visible") return void saving.then(save);
    touched = false;
    saving = keep(form, address, state)
      .then((kept) => {
        touched ||= !kept;
        if (!touched) form.dispatchEvent(new Event("saved"));
      })
      .finally(() => (saving = undefined));
  };
  const saveSoon = onceQuiet(A_MOMENT, save);
  form.addEventListener("input", () => {
    touched = true;
    saveSoon();
  });
  form.addEventListener("change", save);
  form.addEventListener("focusout", save);
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", save);
}

async function keep(form: HTMLFormElement, address: string, state: HTMLElement): Promise<boolean> {
  try {
    const answer = await send(form, address);
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    state.innerHTML = await answer.text();
    state.classList.remove("is-failed");
    return true;
  } catch {
    state.textContent = state.dataset.wordsFailed ?? "";
    state.classList.add("is-failed");
    return false;
  }
}
