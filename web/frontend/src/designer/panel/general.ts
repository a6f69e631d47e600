/** What every element has: its name, a note, and for experts its id. */
import { say } from "../words";
import { hint, line, lines, section, folded } from "./fields";
import { own, type Place } from "./place";

const ID = /^[A-Za-z_][\w.-]*$/;

export function general(place: Place): HTMLElement {
  const { desk, element } = place;
  const moddle = own(place);
  const name = "text" in moddle || moddle.$type === "bpmn:TextAnnotation" ? "text" : "name";
  return section(
    "general",
    say("general.title"),
    lines(
      { key: "name", label: say(name === "text" ? "general.text" : "general.name") },
      String(moddle.get(name) ?? ""),
      (value) => desk.modeling.updateProperties(element, { [name]: value || undefined }),
      1,
    ),
    lines(
      { key: "documentation", label: say("general.documentation"), hint: say("general.documentation_hint") },
      documentation(place),
      (value) => writeDocumentation(place, value),
    ),
  );
}

export function identity(place: Place): HTMLElement {
  const { element } = place;
  return folded("identity", say("expert.title"), line({ key: "id", label: say("general.id"), hint: say("general.id_hint") },
    element.id, (value) => rename(place, value)));
}

function documentation(place: Place): string {
  const notes = own(place).get("documentation") as { text?: string }[];
  return notes[0]?.text ?? "";
}

function writeDocumentation(place: Place, text: string): void {
  const { desk, element } = place;
  const notes = text ? [desk.factory.create("bpmn:Documentation", { text })] : [];
  desk.modeling.updateProperties(element, { documentation: notes });
}

function rename(place: Place, id: string): void {
  const { desk, element } = place;
  const isFree = ID.test(id) && !desk.registry.get(id);
  if (isFree && id !== element.id) desk.modeling.updateProperties(element, { id });
  place.draw();
}

/** What is shown while nothing is selected, or too much. */
export function nothing(words: string): HTMLElement {
  return section("nothing", say("nothing.title"), hint(words));
}
