/** The pages of operations: the heat of a process on its diagram, a token's target by a click, ticks for a whole page. */
import { showDiagramsWhenSeen, type Shown } from "../diagram/showing";
import { putHeat } from "../operations/heat";
import { offerTargets } from "../operations/target";
import { offerTickingAll } from "../operations/ticking";

document.addEventListener("diagram:shown", (event) => {
  const { frame, viewer } = (event as CustomEvent<Shown>).detail;
  const { heat, heatWords, targets } = frame.dataset;
  if (heat && heatWords) putHeat(viewer, JSON.parse(heat), JSON.parse(heatWords));
  const list = document.querySelector<HTMLSelectElement>("[data-choosing]");
  if (targets && list) offerTargets(viewer, JSON.parse(targets), list);
});
showDiagramsWhenSeen(document);
offerTickingAll();
