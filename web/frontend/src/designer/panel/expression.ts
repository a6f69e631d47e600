/** A field for an expression, which the server reads while it is typed. */
import { say } from "../words";
import { lines, made, type Field } from "./fields";

const A_MOMENT = 450;

/** Where expressions are checked, and the token that this needs. */
export interface Checking {
  address: string;
  token: string;
}

/** An expression, script or timer. What is wrong with it stands below; it is kept all the same, as it is a draft. */
export function expression(
  checking: Checking,
  field: Field,
  value: string,
  write: (value: string) => void,
  { kind = "expression", rows = 1 } = {},
): HTMLElement {
  const frame = lines(field, value, write, rows);
  const area = frame.querySelector("textarea")!;
  area.classList.add("is-expression");
  area.spellcheck = false;
  const verdict = made("p", "wrong");
  verdict.id = `${area.id}-verdict`;
  verdict.setAttribute("role", "status");
  verdict.hidden = true;
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${verdict.id}`.trim());
  frame.append(verdict);
  let timer = 0;
  const check = () => void judge(checking, kind, area, verdict);
  area.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(check, A_MOMENT);
  });
  if (value) queueMicrotask(check);
  return frame;
}

interface Verdict {
  messages: string[];
  line?: number;
  column?: number;
}

async function judge(at: Checking, kind: string, area: HTMLTextAreaElement, verdict: HTMLElement): Promise<void> {
  const text = area.value;
  const body = new URLSearchParams({ text, kind });
  let found: Verdict = { messages: [] };
  try {
    const headers = { "X-CSRFToken": at.token };
    const answer = await fetch(at.address, { method: "POST", body, headers, credentials: "same-origin" });
    if (answer.ok && !answer.redirected) found = (await answer.json()) as Verdict;
  } catch {
    return;
  }
  if (text !== area.value) return;
  verdict.hidden = !found.messages.length;
  verdict.textContent = [place(found), ...found.messages].filter(Boolean).join(" ");
  if (found.messages.length) area.setAttribute("aria-invalid", "true");
  else area.removeAttribute("aria-invalid");
}

function place({ line, column }: Verdict): string {
  if (!column) return "";
  return line && line > 1 ? say("expression.at_line", { line, column }) : say("expression.at", { column });
}
