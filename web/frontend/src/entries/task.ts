/** The page of one task; every part works without it, if less comfortably. */
import { followConditions } from "../task/conditions";
import { saveDrafts } from "../task/drafts";
import { sayWhatTheButtonDoes } from "../task/outcome";
import { lookAhead } from "../task/preview";
import { takeFiles } from "../task/taking";

const form = document.querySelector<HTMLFormElement>("#work-form");
if (form) {
  const pending = takeFiles(form);
  followConditions(form);
  sayWhatTheButtonDoes(form, pending);
  saveDrafts(form);
  lookAhead(form);
}
