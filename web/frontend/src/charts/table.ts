/** Reads a chart's figures out of the table that stands behind it, so that both say the same. */

export interface Series {
  name: string;
  values: number[];
  addresses: (string | undefined)[];
}

export interface Figures {
  keys: string[];
  series: ReadonlyMap<string, Series>;
}

/** Each `th[data-series]` heads a series; each row of the body has its key, and a cell with `data-value` for each. */
export function figuresOf(table: HTMLTableElement): Figures {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tbody tr[data-key]")];
  const heads = [...table.querySelectorAll<HTMLElement>("thead th[data-series]")];
  const cells = rows.map((row) => [...row.querySelectorAll<HTMLElement>("td[data-value]")]);
  const series = heads.map((head, at): [string, Series] => [
    head.dataset["series"] ?? "",
    {
      name: head.textContent?.trim() ?? "",
      values: cells.map((row) => Number(row[at]?.dataset["value"])),
      addresses: cells.map((row) => row[at]?.querySelector("a")?.getAttribute("href") ?? undefined),
    },
  ]);
  return { keys: rows.map((row) => row.dataset["key"] ?? ""), series: new Map(series) };
}
