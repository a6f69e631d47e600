/** The page of a hazard: its diagram can be moved and enlarged, and its card printed. */
import { showDiagramsWhenSeen } from "../diagram/showing";
import { offerPrinting } from "../diagram/printing";

showDiagramsWhenSeen(document);
document.addEventListener("htmx:after:swap", () => showDiagramsWhenSeen(document));
offerPrinting();
