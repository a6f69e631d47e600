/** Opens a table or a form of a draft and saves each change of it, as the diagrams' page does with its own file. */
import { askWhatToDo } from "./editor/conflict";
import { Saver } from "./editor/saving";
import type { Problem } from "./linting/problems";
import { say } from "./words";

export interface Filing {
  content: string;
  saver: Saver;
}

/** The file that the page names; `current` gives it as it is now, `told` hears what the server says of each save. */
export async function openFile(
  root: HTMLElement,
  current: () => Promise<string>,
  told: (problems: Problem[]) => void,
): Promise<Filing> {
  const data = root.dataset as Record<string, string>;
  const line = root.querySelector<HTMLElement>("[data-part=state]")!;
  const saver = new Saver(data.file!, data.token!, Number(data.revision), current, {
    state: (state, words) => {
      line.dataset.state = state;
      line.textContent = words;
    },
    saved: ({ problems }) => told(problems as Problem[]),
    overtaken: (by) =>
      askWhatToDo(document.querySelector<HTMLDialogElement>("#overtaken")!, by, {
        files: data.files!,
        name: data.name!,
        token: data.token!,
        content: current,
        takeTheirs: () => void saver.drop().then(() => window.location.reload()),
        putMineOver: (revision) => (saver.over(revision), saver.soon()),
      }),
  });
  const left = await saver.left();
  const answer = await fetch(data.content!, { credentials: "same-origin" });
  const theirs = await answer.text();
  if (!left || left.content === theirs) {
    void saver.drop();
    return { content: theirs, saver };
  }
  saver.over(left.revision);
  queueMicrotask(() => saver.soon());
  line.textContent = say("save.found");
  return { content: left.content, saver };
}
