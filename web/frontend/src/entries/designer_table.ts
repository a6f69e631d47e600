/** A decision table of a draft: it is edited where there is room for it, and read elsewhere. */
import { editTable } from "../designer/tables/page";

const root = document.querySelector<HTMLElement>("[data-table-editor]");
if (root?.dataset.mayChange === "yes" && window.matchMedia("(min-width: 60rem)").matches) void editTable(root);
