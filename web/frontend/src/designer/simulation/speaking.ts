/** Puts our words in place of the English ones that the simulation writes: in its texts and in its titles. */
import { translated } from "../words";

/** From now on whatever appears in this element is said in the reader's language. */
export function speakIn(element: HTMLElement): void {
  const speak = (node: Node) => {
    if (node instanceof Text) return sayText(node);
    if (!(node instanceof Element)) return;
    for (const titled of [node, ...node.querySelectorAll("[title]")]) sayTitle(titled);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) sayText(texts.currentNode as Text);
  };
  speak(element);
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.addedNodes.forEach(speak);
      if (change.type !== "childList") speak(change.target);
    }
  }).observe(element, { subtree: true, childList: true, characterData: true, attributeFilter: ["title"] });
}

function sayText(text: Text): void {
  if (text.parentElement?.closest("svg")) return;
  const said = text.data.trim();
  const ours = said && translated(said);
  if (ours && ours !== said) text.data = text.data.replace(said, ours);
}

function sayTitle(element: Element): void {
  const said = element.getAttribute("title");
  if (!said) return;
  const ours = translated(said);
  if (ours !== said) element.setAttribute("title", ours);
}
