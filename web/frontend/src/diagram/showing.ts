/** Shows drawn diagrams in the viewer as they come into view, and tells the page of each. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

/** What the event `diagram:shown` brings: the frame, and the viewer that stands in it now. */
export interface Shown {
  frame: HTMLElement;
  viewer: NavigatedViewer;
}

/** Puts the viewer in the place of each drawn diagram once it comes into view; until then, and without it, the drawing
 * stays. */
export function showDiagramsWhenSeen(root: ParentNode): void {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      void show(target as HTMLElement);
    }
  }, { rootMargin: "200px" });
  for (const frame of root.querySelectorAll<HTMLElement>("[data-diagram]:not([data-shown])")) {
    frame.dataset.shown = "no";
    seen.observe(frame);
  }
}

async function show(frame: HTMLElement): Promise<void> {
  const address = frame.dataset.diagram ?? "";
  const [{ view }, answer] = await Promise.all([import("./viewer"), fetch(address, { credentials: "same-origin" })]);
  if (!answer.ok) return;
  const viewer = await view(frame, await answer.text());
  frame.dispatchEvent(new CustomEvent<Shown>("diagram:shown", { bubbles: true, detail: { frame, viewer } }));
  frame.dataset.shown = "yes";
}
