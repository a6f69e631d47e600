/** Asks the server what it says of a file as it is now; of several questions only the last one is answered. */
import type { Problem } from "./problems";

export class LiveCheck {
  private running?: AbortController;

  constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  /** The problems of the draft's set with this content; null when another question came after, or nothing is known. */
  async ask(content: string): Promise<Problem[] | null> {
    this.cancel();
    const asked = (this.running = new AbortController());
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        headers: { "X-CSRFToken": this.token, "Content-Type": "application/octet-stream" },
        body: content,
        credentials: "same-origin",
        signal: asked.signal,
      });
      return answer.ok ? ((await answer.json()) as { problems: Problem[] }).problems : null;
    } catch {
      return null;
    }
  }

  cancel(): void {
    this.running?.abort();
  }
}
