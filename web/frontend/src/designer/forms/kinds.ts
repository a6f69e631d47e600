/** The parts of a form that the engine understands, and which settings each of them has. */
export type Setting =
  | "key" | "lengths" | "pattern" | "span" | "precision" | "options" | "moment" | "files" | "required"
  | "text";

/** What stands in the palette, in its order; everything else of form-js is left out. */
export const SETTINGS: Record<string, Setting[]> = {
  textfield: ["key", "required", "lengths", "pattern"],
  textarea: ["key", "required", "lengths"],
  number: ["key", "required", "span", "precision"],
  datetime: ["key", "moment", "required"],
  checkbox: ["key", "required"],
  checklist: ["key", "required", "options"],
  radio: ["key", "required", "options"],
  select: ["key", "required", "options"],
  taglist: ["key", "required", "options"],
  filepicker: ["key", "required", "files"],
  group: [],
  text: ["text"],
  separator: [],
  spacer: [],
};

/** A part of a form, as form-js keeps it. */
export interface Part {
  id: string;
  type: string;
  key?: string;
  label?: string;
  description?: string;
  text?: string;
  subtype?: string;
  dateLabel?: string;
  timeLabel?: string;
  multiple?: boolean;
  accept?: string;
  decimalDigits?: number;
  increment?: number | string;
  values?: { label: string; value: string }[];
  validate?: Record<string, unknown>;
  properties?: Record<string, string>;
  conditional?: { hide?: string };
  components?: Part[];
}
