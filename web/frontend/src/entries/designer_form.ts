/** A form of a draft: it is edited where there is room for it, and looked at elsewhere. */
import { giveNonceToStyles } from "../designer/forms/nonce";

const root = document.querySelector<HTMLElement>("[data-form-editor]");
if (root?.dataset.mayChange === "yes" && window.matchMedia("(min-width: 60rem)").matches) {
  giveNonceToStyles();
  void import("../designer/forms/page").then(({ editForm }) => editForm(root));
}
