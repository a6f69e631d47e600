/** The settings of the selected part of a form, for those who are no programmers. */
import { choice, hint, line, lines, number, row, section, tick } from "../panel/fields";
import { say } from "../words";
import { conditionFields } from "./conditional";
import { type FormDesk } from "./editor";
import { SETTINGS, type Part, type Setting } from "./kinds";

/** Shows the settings of a part in this place; of none, what to do. */
export function showSettings(place: HTMLElement, desk: FormDesk, part: Part | null): void {
  const cursor = (document.activeElement as HTMLElement | null)?.dataset.key;
  if (!part || part.type === "default") {
    place.replaceChildren(hint(say("form.nothing_selected")));
    return;
  }
  const title = say(`form.kind.${part.type}`);
  const settings = (SETTINGS[part.type] ?? []).flatMap((each) => FIELDS[each](desk, part));
  const condition = section("conditions", say("form.conditions"), ...conditionFields(desk, part));
  place.replaceChildren(section("part", title, ...naming(desk, part), ...settings), condition);
  if (cursor) place.querySelector<HTMLElement>(`[data-key="${CSS.escape(cursor)}"]`)?.focus();
}

function naming(desk: FormDesk, part: Part): HTMLElement[] {
  if (["separator", "spacer", "text"].includes(part.type)) return [];
  const label = part.type === "datetime" ? momentLabel(part) : "label";
  const named = line({ key: "label", label: say("form.label") }, String(part[label] ?? ""), (value) => desk.change(part, { [label]: value }));
  if (part.type === "group") return [named];
  const note = line({ key: "description", label: say("form.description"), hint: say("form.description_hint") }, part.description ?? "", (description) => desk.change(part, { description }));
  return [named, note];
}

function momentLabel(part: Part): "dateLabel" | "timeLabel" {
  return part.subtype === "time" ? "timeLabel" : "dateLabel";
}

const FIELDS: Record<Setting, (desk: FormDesk, part: Part) => HTMLElement[]> = {
  key: (desk, part) => [
    line({ key: "key", label: say("form.key"), hint: say("form.key_hint") }, part.key ?? "", (key) => desk.change(part, { key })),
  ],
  text: (desk, part) => [
    lines({ key: "text", label: say("form.text") }, part.text ?? "", (text) => desk.change(part, { text }), 5),
  ],
  required: (desk, part) => [
    tick({ key: "required", label: say("form.required") }, part.validate?.required === true, (value) => rule(desk, part, "required", value || undefined)),
  ],
  lengths: (desk, part) => [row(ruleField(desk, part, "minLength"), ruleField(desk, part, "maxLength"))],
  span: (desk, part) => [row(ruleField(desk, part, "min"), ruleField(desk, part, "max"))],
  pattern: (desk, part) => [
    line({ key: "pattern", label: say("form.pattern"), hint: say("form.pattern_hint") }, String(part.validate?.pattern ?? ""), (value) => rule(desk, part, "pattern", value || undefined)),
  ],
  precision: (desk, part) => [
    row(
      number({ key: "decimals", label: say("form.decimals") }, String(part.decimalDigits ?? ""), (value) => desk.change(part, { decimalDigits: numeric(value) })),
      number({ key: "increment", label: say("form.increment") }, String(part.increment ?? ""), (value) => desk.change(part, { increment: numeric(value) })),
    ),
  ],
  options: (desk, part) => [
    lines({ key: "options", label: say("form.options"), hint: say("form.options_hint") }, optionLines(part), (text) => desk.change(part, { values: readOptions(text) }), 6),
  ],
  moment: (desk, part) => [
    choice(
      { key: "subtype", label: say("form.subtype") },
      part.subtype ?? "date",
      ["date", "time", "datetime"].map((value) => ({ value, words: say(`form.subtype.${value}`) })),
      (subtype) => desk.change(part, { subtype }),
    ),
  ],
  files: (desk, part) => [
    tick({ key: "multiple", label: say("form.multiple") }, part.multiple === true, (multiple) => desk.change(part, { multiple })),
    choice(
      { key: "accept", label: say("form.accept") },
      part.accept ?? "",
      ["", "image/*", ".pdf", "image/*,.pdf"].map((value) => ({ value, words: say(`form.accept.${value || "any"}`) })),
      (accept) => desk.change(part, { accept: accept || undefined }),
    ),
  ],
};

function ruleField(desk: FormDesk, part: Part, name: string): HTMLElement {
  const value = part.validate?.[name];
  const write = (text: string) => rule(desk, part, name, numeric(text));
  return number({ key: name, label: say(`form.${name}`) }, value === undefined ? "" : String(value), write, name.startsWith("m") && name.length > 3 ? 0 : -1e9);
}

function rule(desk: FormDesk, part: Part, name: string, value: unknown): void {
  const rules = { ...(desk.part(part.id)?.validate ?? {}), [name]: value };
  const kept = Object.fromEntries(Object.entries(rules).filter(([, each]) => each !== undefined));
  desk.change(part, { validate: Object.keys(kept).length ? kept : undefined });
}

function numeric(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

function optionLines(part: Part): string {
  return (part.values ?? []).map(({ label, value }) => (label === value ? label : `${value} = ${label}`)).join("\n");
}

/** One option a line: `value = what is shown`, or both at once. */
function readOptions(text: string): { label: string; value: string }[] {
  return text
    .split("\n")
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => {
      const [value = "", ...label] = each.split("=");
      return { value: value.trim(), label: label.join("=").trim() || value.trim() };
    });
}
