/** The step that people do, in front in palette and context pad: it is what our processes mostly consist of. */
import { translated } from "../words";
import type { Drawn } from "./parts";

interface Factory {
  createShape(attributes: { type: string }): Drawn;
}

interface Create {
  start(event: Event, shape: Drawn, context?: { source: Drawn }): void;
}

interface AutoPlace {
  append(source: Drawn, shape: Drawn): void;
}

type Entries = Record<string, object>;
type Change = (entries: Entries) => Entries;
type Register = { registerProvider(priority: number, provider: object): void };

const AFTER_THE_USUAL = 500;
const USER_TASK = { type: "bpmn:UserTask" };
const ICON = "bpmn-icon-user-task";

class PeopleFirst {
  static $inject = ["palette", "contextPad", "elementFactory", "create", "autoPlace"];

  constructor(palette: Register, pad: Register, factory: Factory, create: Create, place: AutoPlace) {
    const fresh = () => factory.createShape(USER_TASK);
    const begin = (event: Event) => create.start(event, fresh());
    palette.registerProvider(AFTER_THE_USUAL, {
      getPaletteEntries: (): Change => (entries) =>
        before(entries, "create.task", "create.user-task", {
          group: "activity",
          className: ICON,
          title: translated("Create user task"),
          action: { dragstart: begin, click: begin },
        }),
    });
    pad.registerProvider(AFTER_THE_USUAL, {
      getContextPadEntries: (source: Drawn): Change => (entries) =>
        before(entries, "append.append-task", "append.user-task", {
          group: "model",
          className: ICON,
          title: translated("Append user task"),
          action: {
            click: () => place.append(source, fresh()),
            dragstart: (event: Event) => create.start(event, fresh(), { source }),
          },
        }),
    });
  }
}

/** With one more entry in front of another one, if that is there: it is where steps can follow. */
function before(entries: Entries, other: string, name: string, entry: object): Entries {
  const found = Object.entries(entries);
  const at = found.findIndex(([each]) => each === other);
  if (at < 0) return entries;
  return Object.fromEntries([...found.slice(0, at), [name, entry], ...found.slice(at)]);
}

export const peopleFirst = { __init__: ["peopleFirst"], peopleFirst: ["type", PeopleFirst] };
