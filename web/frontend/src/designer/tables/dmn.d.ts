/** What we use of dmn-js, which has no types. */
declare module "dmn-js-shared/lib/base/EditingManager" {
  export default class EditingManager {
    constructor(options: object);
    importXML(xml: string): Promise<{ warnings: object[] }>;
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>;
    getActiveViewer(): Viewer | undefined;
    getViews(): { type: string; element: object }[];
    on(event: string, listener: (event: { viewer: Viewer }) => void): void;
    attachTo(place: HTMLElement): void;
  }
  export interface Viewer {
    get<T>(service: string): T;
    on(event: string, listener: () => void): void;
  }
}

declare module "dmn-js-decision-table/lib/Viewer" {
  export default class Viewer {
    constructor(options?: object);
    static _getModules(): object[];
  }
}

declare module "dmn-js-decision-table/lib/features/hit-policy/HitPolicies" {
  export const HIT_POLICIES: { label: string; value: { hitPolicy: string; aggregation?: string }; explanation: string }[];
}

declare module "dmn-js-decision-table/lib/features/*" {
  const module: object;
  export default module;
}

declare module "dmn-js-shared/lib/features/*" {
  const module: object;
  export default module;
}

declare module "table-js/lib/features/*" {
  const module: object;
  export default module;
}

declare module "dmn-js-shared/lib/util/ModelUtil" {
  export function is(element: object | undefined, type: string): boolean;
}
