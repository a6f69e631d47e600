/** An open menu closes when the reader turns to something else, or presses Escape. */
export function closeMenusLeftBehind(): void {
  document.addEventListener("click", ({ target }) => closeAllBut(target as Node));
  document.addEventListener("focusin", ({ target }) => closeAllBut(target as Node));
  document.addEventListener("keydown", ({ key }) => {
    const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}

function closeAllBut(kept: Node): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(kept)) menu.open = false;
  }
}
