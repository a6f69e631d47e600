/** The form as people will see it: drawn by the server, which also checks what is entered here by way of trial. */
import { onceQuiet } from "../../task/answers";
import { followConditions } from "../../task/conditions";

const A_MOMENT = 400;

export class Preview {
  /** Draws the form anew, now that it changed. */
  readonly again = onceQuiet(A_MOMENT, () => void this.draw(false));
  private asked = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly token: string,
    private readonly content: () => string,
  ) {
    followConditions(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      void this.draw(true);
    });
  }

  private async draw(isChecked: boolean): Promise<void> {
    const asked = ++this.asked;
    const body = new FormData(this.form);
    body.set(":schema", this.content());
    if (isChecked) body.set(":checked", "yes");
    const answer = await fetch(this.form.action, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.token },
      credentials: "same-origin",
    }).catch(() => undefined);
    if (!answer?.ok || asked !== this.asked) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.form.querySelector("[data-part=drawn]")?.replaceChildren(...drawn.body.childNodes);
    this.form.dispatchEvent(new Event("change"));
    if (isChecked) this.form.querySelector<HTMLElement>("[data-focus]")?.focus();
  }
}
