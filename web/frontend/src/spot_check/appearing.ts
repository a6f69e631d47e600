const PAUSE = 70;
const LONGEST = 12_000;

/** Rows that were just drawn appear one after another; at once where motion is unwanted. The order is the server's. */
export function letRowsAppear(): void {
  const list = document.querySelector<HTMLElement>("[data-appear]");
  if (!list || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const rows = [...list.children] as HTMLElement[];
  const pause = Math.min(PAUSE, LONGEST / Math.max(rows.length, 1));
  rows.forEach((row, place) => {
    row.animate(
      [
        { opacity: 0, translate: "0 0.75rem" },
        { opacity: 1, translate: "0 0" },
      ],
      { duration: 320, delay: place * pause, easing: "ease-out", fill: "backwards" },
    );
  });
}
