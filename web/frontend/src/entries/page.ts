/** Comforts that every page has; each page works without them. */
import "htmx.org";
import "../../style/index.css";
import { scrollDiagramsToTheWork } from "../page/diagrams";
import { openDialogs } from "../page/dialogs";
import { applyFiltersAtOnce } from "../page/filters";
import { guardWhatWasTyped } from "../page/leaving";
import { closeMenusLeftBehind } from "../page/menus";
import { letPasswordsBeSeen } from "../page/revealing";
import { sendOnce } from "../page/sending";

sendOnce();
guardWhatWasTyped();
letPasswordsBeSeen();
scrollDiagramsToTheWork();
applyFiltersAtOnce();
closeMenusLeftBehind();
openDialogs();

// Bring the first refused field, or the list of them, into view and focus.
document.querySelector<HTMLElement>("[data-focus]")?.focus();
