/** Who does a step: groups picked as role and place, who is kept out of it, and to whom it is given outright. */
import { say } from "../words";
import { write, written } from "./extensions";
import { expression } from "./expression";
import { button, choice, folded, hint, made, none, remover, row, section, tick, together, type Choice } from "./fields";
import { own, pickedOrWritten, results, type Place } from "./place";
import { readGroups, readPeople, writeGroups, writePeople, type Group } from "./shapes";

const ANOTHER = "another";

export function assignment(place: Place): HTMLElement {
  const groups = written(own(place), "Assignment", "candidateGroups");
  const read = readGroups(groups);
  return section(
    "assignment",
    say("who.title"),
    pickedOrWritten(
      place,
      "candidateGroups",
      read && (() => pickGroups(place, read)),
      () => attribute(place, "candidateGroups", say("who.groups"), say("who.groups_hint")),
    ),
    excluded(place),
    folded(
      "assignment-more",
      say("who.more"),
      attribute(place, "candidateUsers", say("who.users"), say("who.users_hint")),
      attribute(place, "assignee", say("who.assignee"), say("who.assignee_hint")),
    ),
  );
}

function attribute(place: Place, name: string, label: string, remark = ""): HTMLElement {
  const { desk, element, checking } = place;
  return expression(checking, { key: name, label, hint: remark }, written(own(place), "Assignment", name), (value) =>
    write(desk, element, "Assignment", { [name]: value }),
  );
}

function pickGroups(place: Place, groups: Group[]): HTMLElement {
  const { desk, element } = place;
  const save = (changed: Group[]) =>
    write(desk, element, "Assignment", { candidateGroups: writeGroups(changed) });
  const shown = groups.length ? groups : [begun.get(element.id) ?? { role: "", place: "" }];
  const all = together(
    ...shown.map((group, index) => {
      const change = (part: Partial<Group>) => {
        const whole = { ...group, ...(groups.length ? {} : begun.get(element.id)), ...part };
        begun.set(element.id, whole);
        if (whole.role && whole.place) save(shown.map((each, at) => (at === index ? whole : each)));
        else place.draw();
      };
      return pickGroup(place, group, index, change, () => {
        begun.delete(element.id);
        save(groups.filter((_, each) => each !== index));
      });
    }),
    button("add-group", say("who.add"), () => {
      const last = shown.at(-1)!;
      const free = place.vocabulary.roles.find(({ value }) => !shown.some((each) => each.role === value));
      if (last.role && last.place && free) save([...shown, { role: free.value, place: last.place }]);
    }),
  );
  const title = made("p", "panel-label");
  title.textContent = say("who.groups");
  all.prepend(title);
  return all;
}

/** The first group of a step while only one half of it is chosen. */
const begun = new Map<string, Group>();

function pickGroup(
  place: Place,
  group: Group,
  index: number,
  change: (part: Partial<Group>) => void,
  remove: () => void,
): HTMLElement {
  const { roles, places } = place.vocabulary;
  const isNamed = /^\d+$/.test(group.place);
  const options: Choice[] = [none(say("choose")), ...places, { value: ANOTHER, words: say("who.named") }];
  const where = choice(
    { key: `place-${index}`, label: say("who.place") },
    isNamed ? ANOTHER : group.place,
    options,
    (value) => (value === ANOTHER ? search.removeAttribute("hidden") : change({ place: value })),
  );
  const search = findOrganisation(place, isNamed ? group.place : "", index, (id) => change({ place: id }));
  search.hidden = !isNamed;
  const role = choice({ key: `role-${index}`, label: say("who.role") }, group.role, [none(say("choose")), ...roles],
    (value) => change({ role: value }));
  const line = row(role, where, remover(`remove-${index}`, say("who.remove"), remove));
  line.classList.add("panel-pair");
  return together(line, search);
}

/** One organisation of the real ones, found by the beginning of its name. */
function findOrganisation(place: Place, id: string, index: number, found: (id: string) => void): HTMLElement {
  const frame = made("div", "panel-field");
  const label = made("label") as HTMLLabelElement;
  const input = made("input", "entry") as HTMLInputElement;
  const list = made("datalist");
  input.id = `organisation-${index}`;
  input.dataset.key = input.id;
  list.id = `${input.id}-found`;
  label.htmlFor = input.id;
  label.textContent = say("who.organisation");
  input.setAttribute("list", list.id);
  input.placeholder = id ? say("who.number", { number: id }) : "";
  const known = new Map<string, string>();
  input.addEventListener("input", async () => {
    if (known.has(input.value)) return found(known.get(input.value)!);
    const answer = await fetch(`${place.organisations}?q=${encodeURIComponent(input.value)}`);
    if (!answer.ok) return;
    const rows = (await answer.json()) as { id: number; name: string }[];
    for (const each of rows) known.set(each.name, String(each.id));
    list.replaceChildren(...rows.map((each) => new Option(each.name, each.name)));
  });
  frame.append(label, input, list);
  return frame;
}

function excluded(place: Place): HTMLElement {
  const text = written(own(place), "Assignment", "excludedUsers");
  const read = readPeople(text);
  return pickedOrWritten(
    place,
    "excludedUsers",
    read && (() => pickExcluded(place, read)),
    () => attribute(place, "excludedUsers", say("who.excluded"), say("who.excluded_hint")),
  );
}

function pickExcluded(place: Place, chosen: string[]): HTMLElement {
  const { desk, element } = place;
  const steps = results(desk)
    .filter(({ step }) => step !== element)
    .map(({ variable, step }) => ({
      value: `${variable}.completed_by`,
      words: say("who.did", { step: String(step.businessObject.name ?? step.id) }),
    }));
  const offered: Choice[] = [
    { value: "rectified_by", words: say("who.rectified") },
    { value: "rechecked_by", words: say("who.rechecked") },
    ...steps,
  ];
  const others = chosen.filter((each) => !offered.some(({ value }) => value === each));
  const all = [...offered, ...others.map((value) => ({ value, words: value }))];
  const ticks = all.map(({ value, words }) =>
    tick({ key: `without-${value}`, label: words }, chosen.includes(value), (isOut) => {
      const people = all.map((each) => each.value).filter((each) => (each === value ? isOut : chosen.includes(each)));
      write(desk, element, "Assignment", { excludedUsers: writePeople(people) });
    }),
  );
  const title = made("p", "panel-label");
  title.textContent = say("who.excluded");
  return together(title, ...ticks, hint(say("who.excluded_hint")));
}

