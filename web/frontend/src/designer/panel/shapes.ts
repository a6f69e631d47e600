/** The expressions that can be picked together, and back again; what reads otherwise is left to who wrote it. */

/** A role at a place; the place is itself an expression, or the number of an organisation. */
export interface Group {
  role: string;
  place: string;
}

const GROUP = /^group\('(\w+)',\s*([\w.]+)\)$/;

/** `group('closer', hazard.closing)` or a list of such. */
export function readGroups(text: string): Group[] | undefined {
  if (!text) return [];
  const groups = items(text).map((each) => GROUP.exec(each));
  if (groups.some((each) => !each)) return undefined;
  return groups.map((each) => ({ role: each![1]!, place: each![2]! }));
}

export function writeGroups(groups: Group[]): string {
  const written = groups.filter(({ role, place }) => role && place).map(({ role, place }) => `group('${role}', ${place})`);
  return written.length > 1 ? `[${written.join(", ")}]` : (written[0] ?? "");
}

const NAME = /^[a-z_]\w*(\.[a-z_]\w*)*$/i;
const DONE_BY = ".completed_by";

/** People who are kept out, as expressions: lists such as `rectified_by`, and single ones such as `visit.completed_by`. */
export function readPeople(text: string): string[] | undefined {
  if (!text) return [];
  const parts = text.split("+").map((each) => each.trim());
  const found = parts.flatMap((part) => items(part));
  return found.every((each) => NAME.test(each)) ? found : undefined;
}

export function writePeople(people: string[]): string {
  const lists = people.filter((each) => !each.endsWith(DONE_BY));
  const single = people.filter((each) => each.endsWith(DONE_BY));
  if (!lists.length && single.length === 1) return single[0]!;
  return [...lists, ...(single.length ? [`[${single.join(", ")}]`] : [])].join(" + ");
}

/** One test of a condition: a variable, how it is compared, and with what (as written, quotes included). */
export interface Test {
  variable: string;
  comparison: Comparison;
  value: string;
}

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "holds" | "not";

export interface Condition {
  tests: Test[];
  joined: "and" | "or";
}

export const COMPARISONS: Comparison[] = ["==", "!=", "<", "<=", ">", ">=", "holds", "not"];

const TEST = /^([a-z_][\w.]*)\s*(==|!=|<=|>=|<|>)\s*('[^']*'|-?\d+(?:\.\d+)?|True|False|None|[a-z_][\w.]*)$/i;
const BARE = /^(not\s+)?([a-z_][\w.]*)$/i;

/** Tests that are all joined by the same word. */
export function readCondition(text: string): Condition | undefined {
  if (!text) return { tests: [], joined: "and" };
  const joined = / or /.test(text) ? "or" : "and";
  if (joined === "or" && / and /.test(text)) return undefined;
  const tests = text.split(` ${joined} `).map((each) => readTest(each.trim()));
  return tests.every((each) => each !== undefined) ? { tests: tests as Test[], joined } : undefined;
}

export function writeCondition({ tests, joined }: Condition): string {
  return tests.filter((each) => each.variable).map(writeTest).join(` ${joined} `);
}

function readTest(text: string): Test | undefined {
  const compared = TEST.exec(text);
  if (compared) return { variable: compared[1]!, comparison: compared[2] as Comparison, value: compared[3]! };
  const bare = BARE.exec(text);
  return bare ? { variable: bare[2]!, comparison: bare[1] ? "not" : "holds", value: "" } : undefined;
}

function writeTest({ variable, comparison, value }: Test): string {
  if (comparison === "holds") return variable;
  if (comparison === "not") return `not ${variable}`;
  return `${variable} ${comparison} ${value || "''"}`;
}

/** A text as the language writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** The text that a literal stands for; nothing for anything but a plain text in quotes. */
export function unquoted(written: string): string | undefined {
  const inner = /^'((?:[^'\\]|\\['\\])*)'$/.exec(written)?.[1];
  return inner?.replaceAll("\\'", "'").replaceAll("\\\\", "\\");
}

/** So many days, hours or minutes. */
export interface Span {
  amount: number;
  unit: "D" | "H" | "M";
}

export function readSpan(text: string): Span | undefined {
  const found = /^P(?:(\d+)D|T(\d+)([HM]))$/.exec(text);
  if (!found) return undefined;
  return found[1] ? { amount: Number(found[1]), unit: "D" } : { amount: Number(found[2]), unit: found[3] as "H" | "M" };
}

export function writeSpan({ amount, unit }: Span): string {
  return unit === "D" ? `P${amount}D` : `PT${amount}${unit}`;
}

/** `due_after(5, 'working_day', now())`. */
export function readDueAfter(text: string): { amount: number; unit: string } | undefined {
  const found = /^due_after\((\d+),\s*'(working_day|day)',\s*now\(\)\)$/.exec(text);
  return found ? { amount: Number(found[1]), unit: found[2]! } : undefined;
}

export function writeDueAfter(amount: number, unit: string): string {
  return `due_after(${amount}, '${unit}', now())`;
}

/** `ladder(decide('escalation'), due_at, now())`: the name of its table. */
export function readLadder(text: string): string | undefined {
  return /^ladder\(decide\('([^']+)'\),\s*due_at,\s*now\(\)\)$/.exec(text)?.[1];
}

export function writeLadder(table: string): string {
  return `ladder(decide('${table}'), due_at, now())`;
}

/** The members of a list in brackets, or the one thing that stands there without. */
function items(text: string): string[] {
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  if (inner === undefined) return [text];
  const found: string[] = [];
  let depth = 0;
  let item = "";
  for (const sign of inner) {
    depth += { "(": 1, "[": 1, ")": -1, "]": -1 }[sign] ?? 0;
    if (sign === "," && depth === 0) {
      found.push(item.trim());
      item = "";
    } else item += sign;
  }
  return item.trim() ? [...found, item.trim()] : found;
}
