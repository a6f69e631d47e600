/** The colours of the page as they are now, light or dark. */

export interface Palette {
  ink: string;
  soft: string;
  line: string;
  surface: string;
  accent: string;
  pale: string;
  seal: string;
  amber: string;
  letters: string;
}

export function palette(): Palette {
  const root = getComputedStyle(document.documentElement);
  const token = (name: string): string => root.getPropertyValue(name).trim();
  return {
    ink: token("--ink"),
    soft: token("--ink-soft"),
    line: token("--line"),
    surface: token("--surface"),
    accent: token("--accent"),
    pale: token("--line-strong"),
    seal: token("--seal"),
    amber: token("--amber"),
    letters: token("--sans"),
  };
}

/** Calls back whenever the reader turns the light on or off. */
export function whenColoursChange(repaint: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
}
