/** When a part of a form is hidden, and when its question must be answered: chosen by the answer to another question. */
import { choice, folded, line, row, type Choice } from "../panel/fields";
import { say } from "../words";
import { readComparison, writeComparison, type Comparison } from "./conditions";
import { questionsIn, type FormDesk } from "./editor";
import type { Part } from "./kinds";

/** The fields for both conditions of a part. */
export function conditionFields(desk: FormDesk, part: Part): HTMLElement[] {
  const hide = (text: string) => desk.change(part, { conditional: text ? { hide: text } : undefined });
  const hidden = oneCondition(desk, part, "hidden", part.conditional?.hide ?? "", hide);
  if (!part.key) return hidden;
  const require = (text: string) => {
    const { requiredWhen: _before, ...others } = desk.part(part.id)?.properties ?? {};
    const properties = text ? { ...others, requiredWhen: text } : others;
    desk.change(part, { properties: Object.keys(properties).length ? properties : undefined });
  };
  return [...hidden, ...oneCondition(desk, part, "required_when", part.properties?.requiredWhen ?? "", require)];
}

function oneCondition(desk: FormDesk, part: Part, name: string, text: string, write: (text: string) => void): HTMLElement[] {
  const others = questionsIn(desk.schema).filter(({ id }) => id !== part.id);
  const now = readComparison(text) ?? { key: "", isEqual: true, value: "" };
  const change = (changed: Partial<Comparison>) => {
    const next = { ...now, ...changed };
    const about = others.find(({ key }) => key === next.key);
    if (changed.key !== undefined) next.value = valuesOf(about)?.[0]?.value ?? "";
    write(writeComparison(next, about?.type !== "number" && about?.type !== "checkbox"));
  };
  const questions: Choice[] = [{ value: "", words: say("form.never") }, ...others.map(({ key = "", label }) => ({ value: key, words: label || key }))];
  const isChosen = Boolean(now.key) || !text;
  const chosen = [
    choice({ key: `${name}-key`, label: say(`form.${name}`) }, now.key, isChosen ? questions : [...questions, { value: "…", words: say("form.several") }], (key) => key !== "…" && change({ key })),
    now.key ? row(signField(name, now, change), valueField(name, now, others.find(({ key }) => key === now.key), change)) : undefined,
  ];
  const written = line({ key: `${name}-text`, label: say("form.condition_text"), hint: say("form.condition_hint") }, text, write);
  return [...chosen.filter((each) => each !== undefined), folded(`${name}-expert`, say("form.expert"), written)];
}

function signField(name: string, { isEqual }: Comparison, change: (changed: Partial<Comparison>) => void): HTMLElement {
  const signs = [{ value: "=", words: say("form.is") }, { value: "!=", words: say("form.is_not") }];
  return choice({ key: `${name}-sign`, label: say("form.sign") }, isEqual ? "=" : "!=", signs, (sign) => change({ isEqual: sign === "=" }));
}

function valueField(name: string, { value }: Comparison, about: Part | undefined, change: (changed: Partial<Comparison>) => void): HTMLElement {
  const field = { key: `${name}-value`, label: say("form.value") };
  const values = valuesOf(about);
  if (!values) return line(field, value, (text) => change({ value: text }));
  return choice(field, value, [...values, { value: "null", words: say("form.empty") }], (chosen) => change({ value: chosen }));
}

function valuesOf(about: Part | undefined): Choice[] | undefined {
  if (about?.type === "checkbox") return [{ value: "true", words: say("yes") }, { value: "false", words: say("no") }];
  return about?.values?.map(({ value, label }) => ({ value: String(value), words: label }));
}
