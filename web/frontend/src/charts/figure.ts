/** A chart in front of its table: drawn from the table's numbers, hidden from screen readers, exchanged by a switch. */
import type { EChartsType } from "echarts/core";
import { bars } from "./bars";
import { burnDown } from "./burn_down";
import { palette, whenColoursChange } from "./palette";
import { figuresOf, type Figures, type Series } from "./table";

export function putChartBeforeTable(place: HTMLElement): void {
  const frame = document.getElementById(place.dataset["table"] ?? "");
  const table = frame?.querySelector("table");
  if (!frame || !table) return;
  const figures = figuresOf(table);
  place.hidden = false;
  place.setAttribute("aria-hidden", "true");
  frame.classList.add("behind");
  offerSwitch(place, frame);
  onceInView(place, () => void paint(place, figures));
}

async function paint(place: HTMLElement, figures: Figures): Promise<void> {
  const { draw } = await import("./drawing");
  const again = (present?: EChartsType): EChartsType => {
    const colours = palette();
    return draw(place, optionOf(place, figures, colours), colours, present);
  };
  const chart = again();
  whenColoursChange(() => again(chart));
  new ResizeObserver(() => chart.resize()).observe(place);
  chart.on("click", ({ seriesName, dataIndex }) => follow(place, figures, seriesName ?? "", dataIndex));
}

function optionOf(place: HTMLElement, figures: Figures, colours: ReturnType<typeof palette>) {
  if (place.dataset["chart"] === "burn-down") {
    return burnDown(figures, colours, place.dataset["lastDay"] ?? "", place.dataset["pace"] ?? "");
  }
  return bars(figures, colours, place.dataset["tone"] === "seal");
}

/** Goes to the rows behind a mark, as the table's link does. */
function follow(place: HTMLElement, figures: Figures, name: string, at: number): void {
  const series: Series | undefined = [...figures.series.values()].find((each) => each.name === name);
  const isTurned = place.dataset["chart"] === "burn-down";
  const address = series?.addresses[isTurned ? figures.keys.length - 1 - at : at];
  if (address) location.assign(address);
}

function offerSwitch(place: HTMLElement, frame: HTMLElement): void {
  const button = document.querySelector<HTMLButtonElement>(`[data-switch="${frame.id}"]`);
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const showsTable = place.hidden === true;
    place.hidden = !showsTable;
    frame.classList.toggle("behind", showsTable);
    button.setAttribute("aria-pressed", String(!showsTable));
  });
}

function onceInView(place: HTMLElement, then: () => void): void {
  const watching = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    watching.disconnect();
    then();
  });
  watching.observe(place);
}
