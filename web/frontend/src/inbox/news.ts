/** Listens for what came into the inbox and what left it; nothing moves under the pointer until the reader asks. */
import { allRows, tickOf } from "./rows";

interface State {
  tasks: number[];
  isCut: boolean;
}

export function hearNews(): void {
  const news = document.getElementById("news");
  if (!news) return;
  const known = new Set((news.dataset.known ?? "").split(",").filter(Boolean).map(Number));
  let source: EventSource | undefined;

  const listen = (): void => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(news.dataset.address ?? "");
    source.addEventListener("inbox", ({ data }) => tell(news, known, JSON.parse(data) as State));
  };
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => source?.close());
  listen();
}

function tell(news: HTMLElement, known: Set<number>, state: State): void {
  const fresh = state.tasks.filter((task) => !known.has(task)).length;
  news.hidden = fresh === 0;
  const { one = "", many = "", gone = "" } = news.dataset;
  const words = news.querySelector<HTMLElement>("[data-words]");
  if (words && fresh > 0) words.textContent = fresh === 1 ? one : many.replace("{count}", String(fresh));
  if (state.isCut) return;
  document.title = `${state.tasks.length ? `(${state.tasks.length}) ` : ""}${document.title.replace(/^\(\d+\+?\) /, "")}`;
  const open = new Set(state.tasks);
  for (const row of allRows()) if (!open.has(Number(row.dataset.task))) mark(row, gone);
}

/** Says of a row that somebody else took it, or that it is done. */
function mark(row: HTMLElement, words: string): void {
  if (row.classList.contains("is-gone")) return;
  row.classList.add("is-gone");
  row.dataset.acts = "";
  const tick = tickOf(row);
  if (tick?.checked) tick.click();
  if (tick) tick.disabled = true;
  const action = row.querySelector<HTMLElement>(".row-action");
  if (action) action.textContent = words;
}
