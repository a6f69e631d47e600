import { forget, remember, remembered, type Waiting } from "./memory";
import { thumbnail } from "./thumbnail";
import { upload, type Sending } from "./uploading";

/** The files that are still on their way. */
export interface Pending {
  /** Whether the form waits for them, to be sent after the last. */
  isAwaited(): boolean;
  onChange(tell: () => void): void;
}

/** Photos and documents are shown at once, sent piece by piece while the form is filled in, and can be taken out. */
export function takeFiles(form: HTMLFormElement): Pending {
  const underWay = new Set<Sending>();
  const told: (() => void)[] = [];
  let awaitedBy: HTMLElement | null | undefined;
  const tell = (): void => told.forEach((each) => each());

  const settle = (sending: Sending): void => {
    underWay.delete(sending);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
    if (underWay.size === 0 && awaitedBy !== undefined) {
      const submitter = awaitedBy;
      awaitedBy = undefined;
      form.requestSubmit(submitter);
    }
    tell();
  };

  for (const group of form.querySelectorAll<HTMLElement>("[data-taking]")) {
    dressKept(group);
    group.addEventListener("change", ({ target }) => {
      const input = target as HTMLInputElement;
      if (input.type !== "file") return;
      for (const file of Array.from(input.files ?? [])) void take(form, group, file, underWay, settle);
      input.value = "";
    });
    void resume(form, group, underWay, settle);
  }
  form.addEventListener("submit", (event) => {
    if (underWay.size === 0) return;
    event.preventDefault();
    event.stopPropagation();
    awaitedBy = event.submitter;
    tell();
  });
  return { isAwaited: () => awaitedBy !== undefined, onChange: (each) => told.push(each) };
}

type Settle = (sending: Sending) => void;

async function take(form: HTMLFormElement, group: HTMLElement, file: File, underWay: Set<Sending>, settle: Settle) {
  const waiting: Waiting = {
    id: crypto.getRandomValues(new Uint32Array(4)).join("-"),
    owner: form.dataset.owner ?? "",
    question: group.dataset.taking ?? "",
    file,
    since: Date.now(),
  };
  void remember(waiting);
  begin(form, group, waiting, underWay, settle);
}

async function resume(form: HTMLFormElement, group: HTMLElement, underWay: Set<Sending>, settle: Settle) {
  const mine = (each: Waiting): boolean =>
    each.owner === form.dataset.owner && each.question === group.dataset.taking;
  for (const waiting of (await remembered()).filter(mine)) begin(form, group, waiting, underWay, settle);
}

function begin(form: HTMLFormElement, group: HTMLElement, waiting: Waiting, underWay: Set<Sending>, settle: Settle) {
  const item = newTake(form, waiting.file);
  const list = group.querySelector<HTMLElement>(".takes");
  if (group.dataset.many === undefined) list?.replaceChildren();
  list?.append(item);
  const bar = item.querySelector("progress");
  const state = item.querySelector<HTMLElement>(".take-state");
  const sending = upload(waiting, form, {
    progress: (share) => {
      if (bar) bar.value = share;
      if (state) state.textContent = "";
    },
    waits: () => state && (state.textContent = state.dataset.wordsWaiting ?? ""),
    done: (reference) => {
      bar?.remove();
      const name = `kept:${group.dataset.taking}`;
      const isThere = group.querySelector(`input[name="${name}"][value="${CSS.escape(reference)}"]`) !== null;
      if (isThere) item.remove();
      else item.prepend(hidden(name, reference));
      for (const kept of ["saved", "submit"]) form.addEventListener(kept, () => void forget(waiting.id), { once: true });
      settle(sending);
    },
    refused: (words) => {
      bar?.remove();
      item.classList.add("is-refused");
      if (state) state.textContent = words || (state.dataset.wordsFailed ?? "");
      void forget(waiting.id);
      settle(sending);
    },
  });
  underWay.add(sending);
  item.querySelector(".take-remove")?.addEventListener("click", () => {
    sending.giveUp();
    void forget(waiting.id);
    item.remove();
    settle(sending);
    group.querySelector<HTMLInputElement>("input[type=file]")?.focus();
  });
}

function newTake(form: HTMLFormElement, file: File): HTMLElement {
  const template = form.querySelector<HTMLTemplateElement>("#take");
  const item = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const name = item.querySelector(".take-name");
  if (name) name.textContent = file.name;
  void thumbnail(file, item.querySelector("canvas"));
  return item;
}

/** What was uploaded before can be taken out by a button instead of a tick. */
function dressKept(group: HTMLElement): void {
  const template = group.closest("form")?.querySelector<HTMLTemplateElement>("#take");
  const pattern = template?.content.querySelector<HTMLButtonElement>(".take-remove");
  for (const item of group.querySelectorAll<HTMLElement>(".take")) {
    const button = pattern?.cloneNode(true) as HTMLButtonElement | undefined;
    if (!button) return;
    item.querySelector(".take-out")?.replaceWith(button);
    button.addEventListener("click", () => {
      item.remove();
      group.dispatchEvent(new Event("input", { bubbles: true }));
      group.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

function hidden(name: string, value: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  return input;
}
