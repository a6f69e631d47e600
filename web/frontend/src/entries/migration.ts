/** The page of a migration: both versions can be moved and enlarged, and a step shows what it becomes. */
import { showBothVersions } from "../operations/migration/versions";

showBothVersions(document);
document.addEventListener("htmx:after:swap", () => showBothVersions(document));
