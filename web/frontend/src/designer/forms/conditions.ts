/** A condition of a form as one comparison that is chosen, or as the text that an expert writes. */
export interface Comparison {
  key: string;
  isEqual: boolean;
  value: string;
}

const ONE = /^=?\s*([A-Za-z][A-Za-z0-9_]*)\s*(!?=)\s*(?:"([^"\\]*)"|(-?\d+(?:\.\d+)?|true|false|null))\s*$/;

/** The comparison that a condition is; undefined when there is none, or it is more than one. */
export function readComparison(text: string): Comparison | undefined {
  const found = ONE.exec(text);
  if (!found) return undefined;
  const [, key = "", sign, quoted, bare] = found;
  return { key, isEqual: sign === "=", value: quoted ?? bare ?? "" };
}

/** The condition that says this; `isText` tells whether the answers to compare with are texts. */
export function writeComparison({ key, isEqual, value }: Comparison, isText: boolean): string {
  if (!key) return "";
  const isBare = value === "null" || (!isText && /^(-?\d+(\.\d+)?|true|false)$/.test(value));
  return `=${key} ${isEqual ? "=" : "!="} ${isBare ? value : `"${value.replace(/["\\]/g, "")}"`}`;
}
