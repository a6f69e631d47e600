/** Chooses where a token shall go by clicking the diagram; the list of the form stays the one that is sent. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import type { Canvas } from "../diagram/viewer";

interface Clicks {
  on(event: "element.click", heard: (event: { element: { id: string } }) => void): void;
}

interface Registry {
  get(element: string): object | undefined;
}

interface Marking extends Canvas {
  removeMarker(element: string, marker: string): void;
}

/** Lets the elements of `targets` be clicked, and shows on the diagram what stands chosen in the list. */
export function offerTargets(viewer: NavigatedViewer, targets: string[], list: HTMLSelectElement): void {
  const canvas = viewer.get<Marking>("canvas");
  const registry = viewer.get<Registry>("elementRegistry");
  const reachable = new Set(targets.filter((id) => registry.get(id)));
  for (const id of reachable) canvas.addMarker(id, "is-target");
  let chosen = "";
  const show = () => {
    if (chosen) canvas.removeMarker(chosen, "is-chosen");
    chosen = reachable.has(list.value) ? list.value : "";
    if (chosen) canvas.addMarker(chosen, "is-chosen");
  };
  viewer.get<Clicks>("eventBus").on("element.click", ({ element }) => {
    const id = element.id.replace(/_label$/, "");
    if (!reachable.has(id)) return;
    list.value = id;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("change", show);
  show();
}
