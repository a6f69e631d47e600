/** Leaves out of palette and menus what the engine does not run, so that nobody draws what a release refuses. */
type Entries = Record<string, { target?: { type?: string; eventDefinitionType?: string } } | undefined>;
type Change = (entries: Entries) => Entries;

const LAST = 100;
const NOT_RUN =
  /complex-gateway|condition|compensation|transaction|ad-hoc|adhoc|link-|cancel|data-store|instantiating|signal-end|participant-multiplicity|collection/;

class OnlyWhatRuns {
  static $inject = ["palette", "popupMenu", "contextPad"];

  constructor(
    palette: { registerProvider(priority: number, provider: object): void },
    menu: { registerProvider(id: string, priority: number, provider: object): void },
    pad: { registerProvider(priority: number, provider: object): void },
  ) {
    palette.registerProvider(LAST, { getPaletteEntries: (): Change => withoutRest });
    pad.registerProvider(LAST, { getContextPadEntries: (): Change => withoutRest });
    menu.registerProvider("bpmn-replace", LAST, {
      getPopupMenuEntries: (): Change => withoutRest,
      getPopupMenuHeaderEntries: (): Change => withoutRest,
    });
  }
}

function withoutRest(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !NOT_RUN.test(name)));
}

export const onlyWhatRuns = { __init__: ["onlyWhatRuns"], onlyWhatRuns: ["type", OnlyWhatRuns] };
