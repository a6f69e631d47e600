/** The box at the head of a table ticks all rows of the page, and shows whether all, some or none are ticked. */
export function offerTickingAll(): void {
  const head = document.querySelector<HTMLInputElement>("[data-ticks-all]");
  const table = head?.closest("table");
  if (!head || !table) return;
  const boxes = () => [...table.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]")];
  const show = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    head.checked = ticked > 0 && ticked === boxes().length;
    head.indeterminate = ticked > 0 && !head.checked;
  };
  head.hidden = false;
  head.addEventListener("change", () => {
    for (const box of boxes()) box.checked = head.checked;
    show();
  });
  table.addEventListener("change", show);
  show();
}
