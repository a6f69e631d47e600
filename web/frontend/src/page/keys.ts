/** Single keys do what `acts` says, except while a key writes something or a dialog is open. */
export function letKeysAct(acts: Record<string, () => void>, isTyping: (target: EventTarget | null) => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Puts the cursor into the page's search. */
export function search(): void {
  document.querySelector<HTMLInputElement>("input[data-search]")?.select();
}
