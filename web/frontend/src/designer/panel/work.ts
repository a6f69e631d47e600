/** What a step asks of its person: the form, until when, and how urgent it is. */
import { is } from "../editor/parts";
import { say } from "../words";
import { expression } from "./expression";
import { write, written } from "./extensions";
import { choice, folded, line, link, none, number, row, section } from "./fields";
import { own, type Place } from "./place";
import { readDueAfter, writeDueAfter } from "./shapes";
import { escalation } from "./escalation";

const USUAL = "50";

export function form(place: Place): HTMLElement {
  const { desk, element, vocabulary } = place;
  const ref = written(own(place), "Form", "ref");
  const bound = vocabulary.forms.find((each) => each.id === ref);
  return section(
    "form",
    say("form.title"),
    choice(
      { key: "form", label: say("form.ref") },
      ref,
      [none(say("form.none")), ...vocabulary.forms.map(({ id }) => ({ value: id, words: id }))],
      (value) => {
        const result = value && (written(own(place), "Form", "result") || suggestion(value));
        write(desk, element, "Form", { ref: value, result });
      },
    ),
    bound && link(say("form.open"), bound.address),
    ref
      ? line({ key: "form-result", label: say("form.result"), hint: say("form.result_hint") },
          written(own(place), "Form", "result"), (value) => write(desk, element, "Form", { result: value }))
      : undefined,
  );
}

function suggestion(form: string): string {
  return form.replace(/\W/g, "_").toLowerCase();
}

type Limit = "none" | "table" | "days" | "written";

const chosen = new Map<string, Limit>();

export function deadline(place: Place): HTMLElement {
  const { desk, element } = place;
  const kind = chosen.get(element.id) ?? limitOf(place);
  const save = (change: Record<string, string>) => {
    chosen.delete(element.id);
    write(desk, element, "Deadline", change);
  };
  return section(
    "deadline",
    say("deadline.title"),
    choice(
      { key: "deadline-kind", label: say("deadline.kind") },
      kind,
      (["none", "table", "days", "written"] as const).map((value) => ({ value, words: say(`deadline.${value}`) })),
      (value) => {
        chosen.set(element.id, value as Limit);
        if (value === "none") save({ decision: "", due: "" });
        else if (value === "days") save({ decision: "", due: writeDueAfter(5, "working_day") });
        else place.draw();
      },
    ),
    limit(place, kind, save),
    is(element, "bpmn:UserTask") && kind !== "none" ? escalation(place) : undefined,
    folded(
      "deadline-more",
      say("deadline.more"),
      number({ key: "priority", label: say("deadline.priority"), hint: say("deadline.priority_hint") },
        written(own(place), "Deadline", "priority") || USUAL,
        (value) => write(desk, element, "Deadline", { priority: value === USUAL ? "" : value })),
      expression(place.checking, { key: "followUp", label: say("deadline.follow_up"), hint: say("deadline.moment_hint") },
        written(own(place), "Deadline", "followUp"), (value) => write(desk, element, "Deadline", { followUp: value })),
    ),
  );
}

function limitOf(place: Place): Limit {
  const due = written(own(place), "Deadline", "due");
  if (written(own(place), "Deadline", "decision")) return "table";
  if (!due) return "none";
  return readDueAfter(due) ? "days" : "written";
}

function limit(place: Place, kind: Limit, save: (change: Record<string, string>) => void): HTMLElement | undefined {
  const { vocabulary, checking } = place;
  const due = written(own(place), "Deadline", "due");
  if (kind === "table") {
    const tables = vocabulary.decisions.filter(({ outputs }) => outputs.includes("amount") && outputs.includes("unit"));
    const options = [none(say("choose")), ...tables.map(({ id, name }) => ({ value: id, words: name }))];
    return choice({ key: "deadline-table", label: say("deadline.which"), hint: say("deadline.table_hint") },
      written(own(place), "Deadline", "decision"), options, (value) => save({ decision: value, due: "" }));
  }
  if (kind === "days") {
    const { amount, unit } = readDueAfter(due) ?? { amount: 5, unit: "working_day" };
    const units = ["working_day", "day"].map((value) => ({ value, words: say(`unit.${value}`) }));
    return row(
      number({ key: "deadline-amount", label: say("deadline.amount") }, String(amount),
        (value) => save({ decision: "", due: writeDueAfter(Number(value), unit) }), 1),
      choice({ key: "deadline-unit", label: say("unit.title") }, unit, units,
        (value) => save({ decision: "", due: writeDueAfter(amount, value) })),
    );
  }
  if (kind === "written") {
    return expression(checking, { key: "due", label: say("deadline.due"), hint: say("deadline.moment_hint") }, due,
      (value) => save({ decision: "", due: value }));
  }
  return undefined;
}
