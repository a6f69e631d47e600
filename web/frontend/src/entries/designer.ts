/** The designer's pages: a diagram is drawn where there is room for it, and looked at elsewhere. */
import { showDiagramsWhenSeen } from "../diagram/showing";

const ROOM = window.matchMedia("(min-width: 60rem)");

const root = document.querySelector<HTMLElement>("[data-designer]");
const may = root?.dataset.mayChange === "yes";
if (root && may && ROOM.matches) void import("../designer/editor/page").then(({ edit }) => edit(root));
else showDiagramsWhenSeen(document);
