/** The editor's page: the modeler, the panel, saving and everything around them, joined to what the page brings. */
import { attachLinting } from "../linting/linting";
import type { Problem } from "../linting/problems";
import { openPanel } from "../panel/panel";
import { attachSimulation } from "../simulation/attaching";
import { say } from "../words";
import { askWhatToDo } from "./conflict";
import { exchangeFiles, written } from "./files";
import { makeModeler } from "./modeler";
import { letUndo } from "./undoing";
import { Saver, type Saved, type State } from "./saving";
import { fit, offerViews } from "./views";
import { letKeysWalk } from "./walking";

/** Opens the file that the page names for drawing. */
export async function edit(root: HTMLElement): Promise<void> {
  const data = root.dataset as Record<string, string>;
  const part = (name: string) => root.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  const stage = part("stage");
  const desk = makeModeler(stage);
  const linting = attachLinting(desk, root.querySelector<HTMLElement>("[data-linting]")!);
  let commit = () => {};
  const tell = (words: string) => (part("told").textContent = words);
  const show = (problems: Problem[]) => linting.told(problems);
  const open = async (content: string) => {
    await desk.modeler.importXML(content);
    fit(desk);
  };

  const saver = new Saver(data.file!, data.token!, Number(data.revision), async () => (commit(), written(desk)), {
    state: (state, words) => showState(part("state"), state, words),
    saved: ({ problems }) => show(problems),
    overtaken: (by) =>
      askWhatToDo(document.querySelector<HTMLDialogElement>("#overtaken")!, by, {
        files: data.files!,
        name: data.name!,
        token: data.token!,
        content: () => written(desk),
        takeTheirs: () => void saver.drop().then(() => reload()),
        putMineOver: (revision) => (saver.over(revision), saver.soon()),
      }),
  });

  const { content, isLeft } = await begin(data, saver);
  await open(content);
  if (isLeft) {
    tell(say("save.found"));
    saver.soon();
  }
  desk.bus.on("commandStack.changed", () => saver.soon());
  const checking = { address: data.expressions!, token: data.token! };
  const panel = part("panel");
  ({ commit } = await openPanel(panel, desk, { vocabulary: data.vocabulary!, organisations: data.organisations!, checking }));
  panel.addEventListener("input", () => saver.soon());
  const bar = part("bar");
  letUndo(desk, bar, { stepBack: () => stepBack(data, saver, open, show) }, tell);
  letKeysWalk(desk, stage, panel, tell);
  offerViews(desk, root, bar);
  attachSimulation(bar.querySelector<HTMLElement>("[data-act=simulate]")!, stage, () => written(desk));
  exchangeFiles(desk, bar, data.name!, async (content) => (await open(content), saver.soon()), tell);
  desk.canvas.resized(); // what stands around the drawing has taken its room by now
  fit(desk);
  root.dataset.ready = "yes";
}

/** The file as the server has it, or as this browser kept it when the server could not be reached. */
async function begin(data: Record<string, string>, saver: Saver): Promise<{ content: string; isLeft: boolean }> {
  const left = await saver.left();
  const answer = await fetch(data.content!, { credentials: "same-origin" });
  const theirs = await answer.text();
  if (!left || left.content === theirs) {
    void saver.drop();
    return { content: theirs, isLeft: false };
  }
  saver.over(left.revision);
  return { content: left.content, isLeft: true };
}

/** Undo beyond what the page remembers: the server knows every revision. */
async function stepBack(
  data: Record<string, string>,
  saver: Saver,
  open: (content: string) => Promise<void>,
  show: (problems: Problem[]) => void,
): Promise<boolean> {
  await saver.now();
  const headers = { "If-Match": `"${saver.revision}"`, "X-CSRFToken": data.token! };
  const answer = await fetch(data.earlier!, { method: "POST", headers, credentials: "same-origin" });
  if (!answer.ok) return false;
  const { revision, problems } = (await answer.json()) as Partial<Saved>;
  if (!revision) return false;
  const content = await fetch(data.content!, { credentials: "same-origin" });
  await open(await content.text());
  saver.over(revision);
  show(problems ?? []);
  return true;
}

function showState(line: HTMLElement, state: State, words: string): void {
  line.dataset.state = state;
  line.textContent = words;
}

function reload(): void {
  window.location.reload();
}
