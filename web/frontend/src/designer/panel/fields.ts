/** The controls of the panel, each with its label, and a key by which the cursor finds back after a change. */
import { say } from "../words";

export interface Choice {
  value: string;
  words: string;
}

export interface Field {
  key: string;
  label: string;
  hint?: string;
  disabled?: boolean;
}

let count = 0;

/** A part of the panel under its heading; `open` only says how it begins. */
export function section(key: string, title: string, ...content: (HTMLElement | undefined)[]): HTMLElement {
  const part = made("section", "panel-section");
  part.dataset.section = key;
  const heading = made("h3");
  heading.textContent = title;
  part.append(heading, ...present(content));
  return part;
}

/** What only experts need, folded away. */
export function folded(key: string, title: string, ...content: (HTMLElement | undefined)[]): HTMLElement {
  const details = made("details", "panel-folded") as HTMLDetailsElement;
  const summary = made("summary");
  summary.textContent = title;
  details.dataset.section = key;
  details.open = unfolded.has(key);
  details.addEventListener("toggle", () => (details.open ? unfolded.add(key) : unfolded.delete(key)));
  details.append(summary, ...present(content));
  return details;
}

const unfolded = new Set<string>();

/** One line of text. `proposals` are offered, and anything else may be written. */
export function line(field: Field, value: string, write: (value: string) => void, proposals?: Choice[]): HTMLElement {
  const input = made("input", "entry") as HTMLInputElement;
  input.type = "text";
  input.value = value;
  input.autocomplete = "off";
  input.spellcheck = false;
  const label = labelled(field, input, () => write(input.value.trim()));
  if (proposals) label.append(proposed(input, proposals));
  return label;
}

/** Several lines of text. */
export function lines(field: Field, value: string, write: (value: string) => void, rows = 3): HTMLElement {
  const area = made("textarea", "entry") as HTMLTextAreaElement;
  area.rows = rows;
  area.value = value;
  return labelled(field, area, () => write(area.value.trim()));
}

/** One of several; a value that is not among them stays, and is shown as it is written. */
export function choice(field: Field, value: string, options: Choice[], write: (value: string) => void): HTMLElement {
  const select = made("select", "entry") as HTMLSelectElement;
  const all = value && !options.some((each) => each.value === value) ? [...options, { value, words: value }] : options;
  for (const option of all) select.add(new Option(option.words, option.value, false, option.value === value));
  return labelled(field, select, () => write(select.value));
}

/** A whole number. */
export function number(field: Field, value: string, write: (value: string) => void, least = 0): HTMLElement {
  const input = made("input", "entry") as HTMLInputElement;
  input.type = "number";
  input.min = String(least);
  input.value = value;
  return labelled(field, input, () => input.checkValidity() && write(input.value));
}

/** Yes or no. */
export function tick(field: Field, value: boolean, write: (value: boolean) => void): HTMLElement {
  const input = made("input") as HTMLInputElement;
  input.type = "checkbox";
  input.checked = value;
  input.dataset.key = field.key;
  input.disabled = field.disabled ?? false;
  input.addEventListener("change", () => write(input.checked));
  const label = made("label", "panel-tick");
  const words = made("span");
  words.textContent = field.label;
  label.append(input, words);
  return field.hint ? together(label, hint(field.hint)) : label;
}

/** A button that does something to the diagram. */
export function button(key: string, words: string, act: () => void, style = "button plain small"): HTMLButtonElement {
  const made_ = made("button", style) as HTMLButtonElement;
  made_.type = "button";
  made_.dataset.key = key;
  made_.textContent = words;
  made_.addEventListener("click", act);
  return made_;
}

/** Fields beside each other. */
export function row(...content: (HTMLElement | undefined)[]): HTMLElement {
  const line = made("div", "panel-row");
  line.append(...present(content));
  return line;
}

/** Things that belong together, below each other. */
export function together(...content: (HTMLElement | undefined)[]): HTMLElement {
  const group = made("div", "panel-group");
  group.append(...present(content));
  return group;
}

/** A remark below a field. */
export function hint(words: string): HTMLElement {
  const text = made("p", "hint");
  text.textContent = words;
  return text;
}

/** A small button with a sign; what it does is said to those who cannot see it. */
export function remover(key: string, words: string, act: () => void): HTMLButtonElement {
  const small = button(key, "×", act, "panel-remove");
  small.setAttribute("aria-label", words);
  small.title = words;
  return small;
}

/** A way to another page of the draft. */
export function link(words: string, address: string): HTMLAnchorElement {
  const anchor = made("a", "panel-link") as HTMLAnchorElement;
  anchor.href = address;
  anchor.textContent = words;
  return anchor;
}

/** The empty choice, in front of others. */
export function none(words = say("none")): Choice {
  return { value: "", words };
}

export function made(tag: string, style = ""): HTMLElement {
  const element = document.createElement(tag);
  if (style) element.className = style;
  return element;
}

function labelled(field: Field, control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, write: () => void) {
  const frame = made("div", "panel-field");
  const label = made("label") as HTMLLabelElement;
  control.id = `panel-${(count += 1)}`;
  control.dataset.key = field.key;
  control.disabled = field.disabled ?? false;
  label.htmlFor = control.id;
  label.textContent = field.label;
  control.addEventListener("change", write);
  frame.append(label, control);
  if (field.hint) {
    const remark = hint(field.hint);
    remark.id = `${control.id}-hint`;
    control.setAttribute("aria-describedby", remark.id);
    frame.append(remark);
  }
  return frame;
}

function proposed(input: HTMLInputElement, proposals: Choice[]): HTMLElement {
  const list = made("datalist");
  list.id = `${input.id}-proposals`;
  for (const each of proposals) list.append(new Option(each.words, each.value));
  input.setAttribute("list", list.id);
  return list;
}

function present(content: (HTMLElement | undefined)[]): HTMLElement[] {
  return content.filter((each): each is HTMLElement => each !== undefined);
}
