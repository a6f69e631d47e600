/** The box in which a table is tried: what it asks for is entered, and the rules that are hit light up. */
import { onceQuiet } from "../../task/answers";

interface Question {
  path: string;
  label: string;
  options: string[];
}

interface Answer {
  questions: Question[];
  hits: { number: number; id: string }[];
  outcome: { name: string; label: string; value: string }[];
  message: string;
}

const A_MOMENT = 350;

export class Trying {
  /** Asks anew, now that the table or an entry changed. */
  readonly again = onceQuiet(A_MOMENT, () => void this.ask());
  private asked = 0;

  constructor(
    private readonly box: HTMLElement,
    private readonly token: string,
    private readonly content: () => Promise<string>,
    private readonly hit: (rules: string[]) => void,
  ) {
    this.part("questions").addEventListener("input", this.again);
    box.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask();
    });
  }

  private async ask(): Promise<void> {
    const asked = ++this.asked;
    const body = new FormData();
    body.set("content", await this.content());
    body.set("entries", JSON.stringify(this.entries()));
    let answer: Answer;
    try {
      const given = await fetch(this.box.dataset.address!, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": this.token },
        credentials: "same-origin",
      });
      if (!given.ok) return;
      answer = (await given.json()) as Answer;
    } catch {
      return; // the next change asks again
    }
    if (asked === this.asked) this.show(answer);
  }

  private entries(): Record<string, string> {
    const fields = this.part("questions").querySelectorAll<HTMLInputElement>("input");
    return Object.fromEntries(Array.from(fields, (field) => [field.name, field.value]));
  }

  private show({ questions, hits, outcome, message }: Answer): void {
    this.putQuestions(questions);
    const told = this.part("message");
    told.textContent = message;
    told.hidden = !message;
    this.part("hits").textContent = message ? "" : this.words(hits.map(({ number }) => number));
    this.part("outcome").replaceChildren(...outcome.flatMap(({ name, label, value }) => [termOf(label || name), valueOf(value)]));
    this.hit(hits.map(({ id }) => id));
  }

  private words(hits: number[]): string {
    const { none = "", one = "", many = "", joined = ", " } = this.part("hits").dataset;
    if (!hits.length) return none;
    return (hits.length > 1 ? many : one).replace("{rules}", hits.join(joined));
  }

  /** The fields, as long as the table asks for the same; whoever types keeps the cursor. */
  private putQuestions(questions: Question[]): void {
    const place = this.part("questions");
    const looks = JSON.stringify(questions);
    if (place.dataset.looks === looks) return;
    place.dataset.looks = looks;
    const entered = this.entries();
    place.replaceChildren(...questions.map((question, number) => this.field(question, number, entered[question.path] ?? "")));
  }

  private field({ path, label, options }: Question, number: number, entered: string): Node {
    const made = (this.box.querySelector("template[data-question]") as HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const [text, input, list] = ["label", "input", "datalist"].map((tag) => made.querySelector(tag)) as [
      HTMLLabelElement, HTMLInputElement, HTMLDataListElement,
    ];
    text.htmlFor = input.id = `try-${number}`;
    text.textContent = label;
    input.name = path;
    input.value = entered;
    list.id = `try-${number}-options`;
    if (options.length) input.setAttribute("list", list.id);
    list.append(...options.map((value) => Object.assign(document.createElement("option"), { value })));
    return made;
  }

  private part(name: string): HTMLElement {
    return this.box.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  }
}

function termOf(text: string): HTMLElement {
  return Object.assign(document.createElement("dt"), { textContent: text });
}

function valueOf(text: string): HTMLElement {
  return Object.assign(document.createElement("dd"), { textContent: text });
}
