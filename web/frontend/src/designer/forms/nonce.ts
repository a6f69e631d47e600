/** CodeMirror, in the experts' settings of form-js, writes style elements and cannot be told the page's nonce: each
 * style element that a script of this page makes gets it. Runs before anything of form-js is loaded. */
export function giveNonceToStyles(): void {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
    const made = create.call(this, name, options);
    if (name.toLowerCase() === "style") made.setAttribute("nonce", nonce);
    return made;
  } as typeof create;
}
