/** How the diagram is looked at: larger or smaller, as a whole, over the whole screen, and as XML. */
import type { Desk } from "./parts";
import { written } from "./files";

const PALETTE = 130;
const EDGE = 24;
const FOOT = 56;

interface ZoomScroll {
  stepZoom(steps: number): void;
}

export function offerViews(desk: Desk, root: HTMLElement, bar: HTMLElement): void {
  const zoom = desk.modeler.get<ZoomScroll>("zoomScroll");
  const acts: Record<string, () => unknown> = {
    "zoom-in": () => zoom.stepZoom(1),
    "zoom-out": () => zoom.stepZoom(-1),
    fit: () => fit(desk),
    "full-screen": () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    find: () => desk.modeler.get<{ toggle(): void }>("searchPad").toggle(),
  };
  for (const [act, does] of Object.entries(acts)) {
    bar.querySelector(`[data-act=${act}]`)?.addEventListener("click", () => void does());
  }
  showSource(desk, root);
}

/** All of it, beside the palette and above the mark of bpmn.io, no larger than it was drawn. */
export function fit({ canvas }: Desk): void {
  const { inner, outer } = canvas.viewbox();
  if (!inner.width || !outer.width) return;
  const across = outer.width - PALETTE - EDGE;
  const down = outer.height - EDGE - FOOT;
  const scale = Math.min(across / inner.width, down / inner.height, 1);
  canvas.viewbox({
    x: inner.x - PALETTE / scale,
    y: inner.y - Math.max((down / scale - inner.height) / 2, EDGE / scale),
    width: outer.width / scale,
    height: outer.height / scale,
  });
}

/** The expert's tab: the file as it is written, to read and to copy. */
function showSource(desk: Desk, root: HTMLElement): void {
  const source = root.querySelector<HTMLElement>("[data-source]");
  for (const tab of root.querySelectorAll<HTMLButtonElement>("[data-tab]")) {
    tab.addEventListener("click", async () => {
      for (const each of root.querySelectorAll<HTMLElement>("[data-tab]")) {
        each.setAttribute("aria-selected", String(each === tab));
        document.getElementById(each.getAttribute("aria-controls") ?? "")!.hidden = each !== tab;
      }
      if (tab.dataset.tab === "source" && source) source.textContent = await written(desk);
    });
  }
}
