/** What the diagram can refer to, as the server knows it: fetched when the page opens and when its reader comes back. */
import type { Choice } from "./fields";

export interface Question {
  key: string;
  label: string;
  kind: string;
  options: { value: unknown; label?: string }[];
}

export interface Named {
  id: string;
  name: string;
  address: string;
}

export interface Form {
  id: string;
  file: string;
  address: string;
  questions: Question[];
}

export interface Decision extends Named {
  outputs: string[];
}

export interface Parameter {
  name: string;
  required: boolean;
  kind: "choice" | "truth" | "number" | "text" | "expression";
  options: Choice[];
}

export interface Operator {
  name: string;
  title: string;
  description: string;
  parameters: Parameter[];
}

export interface Vocabulary {
  roles: Choice[];
  places: Choice[];
  variables: (Choice & { options: Choice[] })[];
  forms: Form[];
  decisions: Decision[];
  processes: Named[];
  operators: Operator[];
}

/** The vocabulary of a draft; an empty one while the server cannot be reached. */
export async function fetchVocabulary(address: string): Promise<Vocabulary> {
  try {
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) return (await answer.json()) as Vocabulary;
  } catch {
    // What is written stays as it is; only nothing is offered.
  }
  return { roles: [], places: [], variables: [], forms: [], decisions: [], processes: [], operators: [] };
}
