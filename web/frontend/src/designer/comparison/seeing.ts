/** Draws the two sides of a diagram once they come into view; until then the list of changes says it all. */
export function compareWhenSeen(root: ParentNode): void {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      void show(target as HTMLElement);
    }
  }, { rootMargin: "300px" });
  for (const frame of root.querySelectorAll<HTMLElement>("[data-compare]")) {
    frame.classList.add("is-drawn");
    seen.observe(frame);
  }
}

async function show(frame: HTMLElement): Promise<void> {
  const sides = [...frame.querySelectorAll<HTMLElement>("[data-side]")];
  const [{ sideBySide }, ...sources] = await Promise.all([import("./side_by_side"), ...sides.map(sourceOf)]);
  await sideBySide(frame, sides, sources);
  frame.dataset.shown = "yes";
}

async function sourceOf(side: HTMLElement): Promise<string> {
  const answer = await fetch(side.dataset.source ?? "", { credentials: "same-origin" });
  return answer.ok ? answer.text() : "";
}
