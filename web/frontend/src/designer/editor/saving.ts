/** Saves each change to the server a moment after it, over the revision that was seen; offline it is kept here. */
import type { Problem } from "../linting/problems";
import { say } from "../words";
import { forget, keep, kept, type Copy } from "./keeping";

const A_MOMENT = 900;
const AGAIN = 8000;
const OUTLIVES_ITS_PAGE = 20_000; // characters; a browser lets 64 kB go on being sent after its page

/** What became of a change. */
export type State = "saved" | "changed" | "saving" | "offline" | "refused" | "overtaken";

/** The server's answer to a save. */
export interface Saved {
  revision: number;
  at: string;
  problems: Problem[];
}

/** Somebody else saved in between. */
export interface Overtaken {
  message: string;
  revision: number;
  removed: boolean;
}

export interface Watching {
  state(state: State, words: string): void;
  saved(answer: Saved): void;
  overtaken(by: Overtaken): void;
}

/** Saves one file; `content` gives it as it is now. */
export class Saver {
  private timer = 0;
  private running: Promise<void> | undefined;
  private dirty = false;
  private stopped = false;

  constructor(
    private readonly address: string,
    private readonly token: string,
    private seen: number,
    private readonly content: () => Promise<string>,
    private readonly watching: Watching,
  ) {
    window.addEventListener("online", () => this.dirty && void this.now());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void this.now());
    window.addEventListener("beforeunload", (event) => {
      if (!this.dirty || this.stopped) return;
      void this.now();
      event.preventDefault();
    });
  }

  /** The revision that the editor shows, when nothing is unsaved. */
  get revision(): number {
    return this.seen;
  }

  get isDirty(): boolean {
    return this.dirty;
  }

  /** Something changed: it is saved when nothing else changes for a moment. */
  soon(): void {
    if (this.stopped) return;
    this.dirty = true;
    this.watching.state("changed", say("save.changed"));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), A_MOMENT);
  }

  /** Saves what is unsaved, after what is being saved; resolves when the server has it or could not be reached. */
  async now(): Promise<void> {
    window.clearTimeout(this.timer);
    while (this.running) await this.running;
    if (!this.dirty || this.stopped) return;
    this.running = this.send().finally(() => (this.running = undefined));
    await this.running;
  }

  /** Goes on over another revision: the one that was restored, or the one to be overwritten. */
  over(revision: number): void {
    this.seen = revision;
    this.stopped = false;
  }

  /** What this browser kept of an earlier visit and the server never got. */
  async left(): Promise<Copy | undefined> {
    return kept(this.address);
  }

  async drop(): Promise<void> {
    await forget(this.address);
  }

  private async send(): Promise<void> {
    const reading = this.content(); // writes down what is being typed at once; what changes from here on is saved next
    this.dirty = false;
    const content = await reading;
    this.watching.state("saving", say("save.saving"));
    await keep({ address: this.address, content, revision: this.seen, at: Date.now() });
    let answer: Response;
    try {
      answer = await fetch(this.address, {
        method: "PUT",
        body: content,
        credentials: "same-origin",
        redirect: "error",
        keepalive: content.length < OUTLIVES_ITS_PAGE,
        headers: { "If-Match": `"${this.seen}"`, "X-CSRFToken": this.token, "Content-Type": "application/octet-stream" },
      });
    } catch {
      return this.later();
    }
    if (answer.ok) return this.done((await answer.json()) as Saved);
    if (answer.status === 409) return this.give((await answer.json()) as Overtaken);
    if (answer.status >= 500) return this.later();
    this.refused(await messageOf(answer));
  }

  private async done(answer: Saved): Promise<void> {
    this.seen = answer.revision;
    if (!this.dirty) await forget(this.address);
    this.watching.saved(answer);
    if (!this.dirty) this.watching.state("saved", say("save.saved", { at: answer.at }));
  }

  private later(): void {
    this.dirty = true;
    this.watching.state("offline", say("save.offline"));
    this.timer = window.setTimeout(() => void this.now(), AGAIN);
  }

  private give(by: Overtaken): void {
    this.dirty = true;
    this.stopped = true;
    this.watching.state("overtaken", by.message);
    this.watching.overtaken(by);
  }

  private refused(message: string): void {
    this.dirty = true;
    this.stopped = true;
    this.watching.state("refused", message || say("save.refused"));
  }
}

async function messageOf(answer: Response): Promise<string> {
  try {
    return String(((await answer.json()) as { message?: string }).message ?? "");
  } catch {
    return "";
  }
}
