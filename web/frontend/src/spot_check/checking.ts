import { type Commitment, type Finding, type Problem, verify } from "./proof";

const SHOWN = 20;

/** A file that is chosen is checked at once, on this device; what is said stands in the page's templates. */
export function checkProofs(): void {
  const field = document.querySelector<HTMLInputElement>("[data-proof]");
  const result = document.querySelector<HTMLElement>("[data-proof-result]");
  if (!field || !result) return;
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    if (file) void show(file, result);
  });
}

async function show(file: File, result: HTMLElement): Promise<void> {
  result.replaceChildren(said("working"));
  if (!globalThis.isSecureContext) {
    result.replaceChildren(dishonest([{ kind: "insecure" }]));
    return;
  }
  const finding = await verify(await file.text());
  result.replaceChildren(finding.problems.length ? dishonest(finding.problems) : honest(finding));
  if (finding.promised) result.append(hashes(finding.promised));
}

function honest(finding: Finding): DocumentFragment {
  const page = said("honest");
  const counts = place(page, "counts");
  const words = counts.dataset.words ?? "";
  counts.textContent = words
    .replace("{drawn}", String(finding.drawn))
    .replace("{candidates}", String(finding.promised?.candidates ?? 0));
  return page;
}

function dishonest(problems: readonly Problem[]): DocumentFragment {
  const page = said("dishonest");
  const items = problems.slice(0, SHOWN).map((problem) => {
    const item = document.createElement("li");
    item.textContent = inWords(problem);
    return item;
  });
  place(page, "problems").append(...items);
  return page;
}

function hashes(promised: Commitment): DocumentFragment {
  const page = said("hashes");
  for (const name of ["seed_hash", "frame_hash", "parameters_hash"] as const) {
    place(page, name).textContent = promised[name];
  }
  return page;
}

function inWords({ kind, number }: Problem): string {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-problem="${kind}"]`);
  return (template?.content.textContent ?? kind).replace("{number}", number ?? "");
}

function said(what: string): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-said="${what}"]`);
  return template?.content.cloneNode(true) as DocumentFragment;
}

function place(page: DocumentFragment, name: string): HTMLElement {
  return page.querySelector<HTMLElement>(`[data-fill="${name}"]`) as HTMLElement;
}
