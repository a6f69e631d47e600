/** form-js cut down to what the engine understands, in the words of the reader. */
import "@bpmn-io/form-js/dist/assets/form-js.css";
import "@bpmn-io/form-js/dist/assets/form-js-editor.css";
import { FormEditor } from "@bpmn-io/form-js";
import { say } from "../words";
import { SETTINGS, type Part } from "./kinds";

export interface Stack {
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
}

interface Selection {
  get(): Part | null;
  set(part: Part): void;
}

interface Fields {
  _formFields: Record<string, { config: { name?: string; label?: string } }>;
}

/** One form that is being edited. */
export class FormDesk {
  private readonly editor: FormEditor;

  constructor(private readonly place: HTMLElement, experts: HTMLElement) {
    this.editor = new FormEditor({ container: place, propertiesPanel: { parent: experts } } as object);
    nameFields(this.editor.get("formFields") as Fields);
  }

  async open(schema: object): Promise<void> {
    await this.editor.importSchema(schema as never);
    const palette = this.place.querySelector<HTMLElement>(".fjs-editor-palette-container, .fjs-palette-container");
    if (palette) keepWords(palette);
  }

  written(): string {
    return `${JSON.stringify(this.editor.saveSchema(), null, 2)}\n`;
  }

  onChange(act: () => void): void {
    this.editor.on("commandStack.changed", act);
  }

  onSelect(act: (part: Part | null) => void): void {
    this.editor.on("selection.changed", () => act(this.selected));
    this.editor.on("commandStack.changed", () => act(this.selected));
  }

  get selected(): Part | null {
    return (this.editor.get("selection") as Selection).get();
  }

  get stack(): Stack {
    return this.editor.get("commandStack") as Stack;
  }

  /** The whole form. */
  get schema(): Part {
    return this.editor.saveSchema() as unknown as Part;
  }

  /** Changes settings of a part, as one step of undo. */
  change(part: Part, change: Partial<Part>): void {
    const modeling = this.editor.get("modeling") as { editFormField(part: Part, change: object): void };
    const now = this.part(part.id);
    if (now) modeling.editFormField(now, change);
  }

  /** Selects the part of a key or an id; false when there is none. */
  select(name: string): boolean {
    const registry = this.editor.get("formFieldRegistry") as { getAll(): Part[] };
    const found = registry.getAll().find((each) => each.key === name || each.id === name);
    if (found) (this.editor.get("selection") as Selection).set(found);
    return found !== undefined;
  }

  /** A part as it is now. */
  part(id: string): Part | undefined {
    return (this.editor.get("formFieldRegistry") as { get(id: string): Part | undefined }).get(id);
  }
}

/** The palette says what form-js would say in English; what the engine does not understand is hidden there. */
function nameFields({ _formFields: fields }: Fields): void {
  for (const [type, { config }] of Object.entries(fields)) {
    if (type in SETTINGS) config.name = config.label = say(`form.kind.${type}`);
  }
}

/** The headings of the palette are English in form-js; searching draws them anew. */
function keepWords(palette: HTMLElement): void {
  const write = () => {
    put(palette.querySelector(".fjs-palette-header"), "form.palette");
    put(palette.querySelector(".fjs-palette-no-entries"), "form.palette.empty");
    palette.querySelector("input")?.setAttribute("placeholder", say("form.palette.search"));
    for (const group of palette.querySelectorAll<HTMLElement>(".fjs-palette-group")) {
      put(group.querySelector(".fjs-palette-group-title"), `form.palette.${group.dataset.groupId}`);
    }
  };
  write();
  new MutationObserver(write).observe(palette, { childList: true, subtree: true });
}

function put(place: Element | null, key: string): void {
  const words = say(key);
  if (place && words !== key && place.textContent !== words) place.textContent = words;
}

/** The questions of a form, those in groups too. */
export function questionsIn(part: Part): Part[] {
  return (part.components ?? []).flatMap((each) => (each.components ? questionsIn(each) : each.key ? [each] : []));
}
