/** dmn-js cut down to decision tables whose cells are written in our own language, in the words of the reader. */
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import Viewer from "dmn-js-decision-table/lib/Viewer";
import addRule from "dmn-js-decision-table/lib/features/add-rule";
import annotations from "dmn-js-decision-table/lib/features/annotations/editor";
import cellSelection from "dmn-js-decision-table/lib/features/cell-selection";
import columnResize from "dmn-js-decision-table/lib/features/column-resize";
import tableMenu from "dmn-js-decision-table/lib/features/context-menu";
import copyCutPaste from "dmn-js-decision-table/lib/features/copy-cut-paste";
import copyCutPasteKeys from "dmn-js-decision-table/lib/features/copy-cut-paste/key-bindings";
import createInputs from "dmn-js-decision-table/lib/features/create-inputs";
import head from "dmn-js-decision-table/lib/features/decision-table-head/editor";
import rules from "dmn-js-decision-table/lib/features/decision-rules/editor";
import properties from "dmn-js-decision-table/lib/features/decision-table-properties/editor";
import descriptions from "dmn-js-decision-table/lib/features/description";
import dragAndDrop from "dmn-js-decision-table/lib/features/drag-and-drop";
import tableActions from "dmn-js-decision-table/lib/features/editor-actions";
import hitPolicy from "dmn-js-decision-table/lib/features/hit-policy/editor";
import keyboard from "dmn-js-decision-table/lib/features/keyboard";
import modeling from "dmn-js-decision-table/lib/features/modeling";
import EditingManager, { type Viewer as Shown } from "dmn-js-shared/lib/base/EditingManager";
import dataTypes from "dmn-js-shared/lib/features/data-types";
import expressionLanguages from "dmn-js-shared/lib/features/expression-languages";
import { is } from "dmn-js-shared/lib/util/ModelUtil";
import contextMenu from "table-js/lib/features/context-menu";
import editorActions from "table-js/lib/features/editor-actions";
import interaction from "table-js/lib/features/interaction-events";
import selection from "table-js/lib/features/selection";
import { translated } from "../words";

/** Our language stands in place of FEEL, so that no cell is coloured, rewritten or refused as FEEL. */
const OURS = "lookback";

class TableEditor extends Viewer {
  getModules(): object[] {
    return [
      ...Viewer._getModules(), addRule, annotations, cellSelection, contextMenu, copyCutPaste, copyCutPasteKeys,
      createInputs, dataTypes, tableMenu, tableActions, head, columnResize, dragAndDrop, descriptions,
      expressionLanguages, keyboard, properties, editorActions, hitPolicy, interaction, modeling, rules, selection,
    ];
  }
}

class TableManager extends EditingManager {
  _getViewProviders(): object[] {
    return [
      {
        id: "decisionTable",
        constructor: TableEditor,
        opens: (element: { decisionLogic?: object }) =>
          is(element, "dmn:Decision") && is(element.decisionLogic, "dmn:DecisionTable"),
      },
    ];
  }
}

export interface Stack {
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
}

interface Modeling {
  editCell(cell: object, text: string): void;
  editHitPolicy(hitPolicy: string, aggregation?: string): void;
}

interface Rule {
  id: string;
  inputEntry?: { id: string }[];
  outputEntry?: { id: string }[];
}

/** One table that is being edited. */
export class TableDesk {
  private readonly manager: TableManager;

  constructor(place: HTMLElement, changed: () => void) {
    this.manager = new TableManager({
      container: place,
      common: {
        expressionLanguages: { options: [{ label: "", value: OURS }], defaults: { editor: OURS } },
        dataTypes: ["string", "number", "boolean", "Any"],
      },
      decisionTable: { additionalModules: [{ translate: ["value", translated] }] },
    });
    this.manager.on("viewer.created", ({ viewer }: { viewer: Shown }) => viewer.on("commandStack.changed", changed));
  }

  /** Shows the first table of a file. Rejects when the file cannot be read; false when it has no table. */
  async open(xml: string): Promise<boolean> {
    await this.manager.importXML(xml);
    return this.shown !== undefined;
  }

  async written(): Promise<string> {
    return (await this.manager.saveXML({ format: true })).xml;
  }

  get stack(): Stack | undefined {
    return this.shown?.get<Stack>("commandStack");
  }

  get modeling(): Modeling | undefined {
    return this.shown?.get<Modeling>("modeling");
  }

  /** The table as it is in the file. */
  get table(): { rule?: Rule[]; aggregation?: string; hitPolicy?: string } | undefined {
    const sheet = this.shown?.get<{ getRoot(): { businessObject: object } }>("sheet");
    return sheet?.getRoot().businessObject;
  }

  /** A cell as it is in the file. */
  cell(id: string): object | undefined {
    const cells = (this.table?.rule ?? []).flatMap((rule) => [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])]);
    return cells.find((each) => each.id === id);
  }

  private get shown(): Shown | undefined {
    return this.manager.getActiveViewer();
  }
}
