/** Comments: names are offered after an @. */
import { offerNames } from "../comments/names";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-mentions]")) offerNames(form);
