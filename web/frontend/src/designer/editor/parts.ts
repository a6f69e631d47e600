/** What we use of bpmn-js, whose own types leave its services open. */
import type Modeler from "bpmn-js/lib/Modeler";

/** An element of the BPMN file. */
export interface Moddle {
  $type: string;
  $parent?: Moddle;
  id?: string;
  name?: string;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  [property: string]: unknown;
}

/** An element as it is drawn. */
export interface Drawn {
  id: string;
  type: string;
  businessObject: Moddle;
  parent?: Drawn;
  labelTarget?: Drawn;
  incoming?: Drawn[];
  outgoing?: Drawn[];
  attachers?: Drawn[];
  children?: Drawn[];
  source?: Drawn;
  target?: Drawn;
  waypoints?: { x: number; y: number }[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Modeling {
  updateProperties(element: Drawn, properties: Record<string, unknown>): void;
  updateModdleProperties(element: Drawn, moddle: Moddle, properties: Record<string, unknown>): void;
  appendShape(source: Drawn, shape: object, position: { x: number; y: number }, target?: Drawn): Drawn;
  createShape(shape: object, position: { x: number; y: number }, target: Drawn, hints?: object): Drawn;
  connect(source: Drawn, target: Drawn): void;
  removeElements(elements: Drawn[]): void;
}

export interface Factory {
  create(type: string, attributes?: Record<string, unknown>): Moddle;
}

export interface Registry {
  get(id: string): Drawn | undefined;
  filter(test: (element: Drawn) => boolean): Drawn[];
  getGraphics(element: Drawn): SVGElement | undefined;
}

export interface Selection {
  get(): Drawn[];
  select(element: Drawn | Drawn[] | null): void;
}

export interface Bus {
  on(event: string | string[], listener: (event: any) => unknown): void;
  on(event: string | string[], priority: number, listener: (event: any) => unknown): void;
}

export interface Viewbox {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Canvas {
  viewbox(): Viewbox & { inner: Viewbox; outer: { width: number; height: number }; scale: number };
  viewbox(box: Viewbox): void;
  zoom(level?: number | "fit-viewport", centre?: "auto"): number;
  focus(): void;
  resized(): void;
  getRootElement(): Drawn;
  scrollToElement(element: Drawn, padding?: number): void;
  getContainer(): HTMLElement;
  findRoot(element: Drawn): Drawn | undefined;
  setRootElement(root: Drawn): void;
}

export interface CommandStack {
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
  registerHandler(command: string, handler: new () => object): void;
  execute(command: string, context: object): void;
}

/** Several changes that are undone together. */
class AsOne {
  preExecute({ act }: { act(): void }): void {
    act();
  }
}

const AS_ONE = "lookback.as-one";

/** The modeler with its services by name. */
export class Desk {
  readonly modeling: Modeling;
  readonly factory: Factory;
  readonly registry: Registry;
  readonly selection: Selection;
  readonly bus: Bus;
  readonly canvas: Canvas;
  readonly stack: CommandStack;

  constructor(readonly modeler: Modeler) {
    this.modeling = modeler.get<Modeling>("modeling");
    this.factory = modeler.get<Factory>("bpmnFactory");
    this.registry = modeler.get<Registry>("elementRegistry");
    this.selection = modeler.get<Selection>("selection");
    this.bus = modeler.get<Bus>("eventBus");
    this.canvas = modeler.get<Canvas>("canvas");
    this.stack = modeler.get<CommandStack>("commandStack");
    this.stack.registerHandler(AS_ONE, AsOne);
  }

  /** Does several changes of the diagram as one step of undo. */
  asOne(act: () => void): void {
    this.stack.execute(AS_ONE, { act });
  }

  /** The whole file. */
  get definitions(): Moddle {
    return this.modeler.getDefinitions() as unknown as Moddle;
  }
}

/** Whether an element is of a BPMN type, or of one that builds on it. */
export function is(element: Drawn | Moddle, type: string): boolean {
  const moddle = ("businessObject" in element ? element.businessObject : element) as Moddle & {
    $instanceOf?(type: string): boolean;
  };
  return moddle.$instanceOf?.(type) ?? false;
}
