/** The page of a trial: its diagram can be moved and enlarged, and its form hides what does not apply. */
import { showDiagramsWhenSeen } from "../diagram/showing";
import { followConditions } from "../task/conditions";

showDiagramsWhenSeen(document);
const form = document.querySelector<HTMLFormElement>("#trial-form");
if (form) followConditions(form);
