/** A problem of a file as our server and our own rules tell it, and how both are put together. */
export interface Fix {
  kind: string;
  label: string;
  elementId: string;
  [member: string]: string;
}

export interface Problem {
  file: string;
  elementId: string;
  elementName: string;
  message: string;
  severity: "error" | "warning";
  rule: string;
  fix?: Fix | null;
}

/** What our own rules find at once, and the server says better a little later. */
const SAME: Record<string, string[]> = {
  "no-disconnected": ["unreachable", "path-stops"],
  assignment: ["offered-to-nobody"],
};

/** The server's problems, then those of our own rules that the server does not tell too. */
export function together(told: Problem[], found: Problem[]): Problem[] {
  const known = new Set(told.map(({ elementId, rule }) => `${elementId} ${rule}`));
  const more = found.filter(({ elementId, rule }) => !SAME[rule]?.some((same) => known.has(`${elementId} ${same}`)));
  return [...told, ...more].sort((one, other) => rank(one) - rank(other));
}

/** The problems of each element. */
export function byElement(problems: Problem[]): Map<string, Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.elementId) found.set(problem.elementId, [...(found.get(problem.elementId) ?? []), problem]);
  }
  return found;
}

export function isGrave(problems: Problem[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}

function rank({ severity }: Problem): number {
  return severity === "error" ? 0 : 1;
}
