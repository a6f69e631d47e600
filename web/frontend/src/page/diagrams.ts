/** On a narrow screen a drawn diagram scrolls; it starts where the work stands. */
export function scrollDiagramsToTheWork(): void {
  for (const frame of document.querySelectorAll<HTMLElement>(".diagram")) {
    const here = frame.querySelector(".current");
    if (!here || frame.scrollWidth <= frame.clientWidth) continue;
    const place = here.getBoundingClientRect();
    frame.scrollLeft += place.left + place.width / 2 - frame.getBoundingClientRect().left - frame.clientWidth / 2;
  }
}
