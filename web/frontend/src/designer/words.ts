/** The words of the page, which it brings as data in the language of its reader. */
const read = new Map<string, Record<string, string>>();

function bundle(id: string): Record<string, string> {
  let words = read.get(id);
  if (!words) {
    words = JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Record<string, string>;
    read.set(id, words);
  }
  return words;
}

/** The words under a key of ours, with `{name}` replaced by each fact. */
export function say(key: string, facts: Record<string, string | number> = {}): string {
  return filled(bundle("designer-words")[key] ?? key, facts);
}

/** What bpmn-js calls something, in the reader's language. */
export function translated(text: string, facts: Record<string, string | number> = {}): string {
  return filled(bundle("diagram-words")[text] ?? text, facts);
}

function filled(text: string, facts: Record<string, string | number>): string {
  return text.replace(/\{([^}]+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
