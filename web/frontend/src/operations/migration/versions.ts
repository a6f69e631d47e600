/** Both versions of a process beside each other: who waits where, and which step becomes which. */
import type NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { putWaiting } from "./waiting";
import { Links } from "./links";

/** Puts a viewer in the place of each drawing; without it, and until then, the drawing stays. */
export function showBothVersions(root: ParentNode): void {
  for (const both of root.querySelectorAll<HTMLElement>("[data-both-versions]:not([data-shown])")) {
    both.dataset.shown = "no";
    void show(both, root);
  }
}

async function show(both: HTMLElement, root: ParentNode): Promise<void> {
  const frames = [...both.querySelectorAll<HTMLElement>("[data-migration-diagram]")];
  const [old, present] = await Promise.all(frames.map(open));
  if (!old || !present) return;
  const links = new Links(old, present);
  links.followTable(root.querySelector("[data-mapping]"));
  links.followDiagrams();
  both.dataset.shown = "yes";
}

async function open(frame: HTMLElement): Promise<NavigatedViewer | undefined> {
  const address = frame.dataset.migrationDiagram ?? "";
  const [{ view }, answer] = await Promise.all([
    import("../../diagram/viewer"),
    fetch(address, { credentials: "same-origin" }),
  ]);
  if (!answer.ok) return undefined;
  const viewer = await view(frame, await answer.text());
  putWaiting(viewer, JSON.parse(frame.dataset.waiting ?? "{}") as Record<string, number>);
  return viewer;
}
