/** The statistics: charts in front of their tables; everything is readable without. */
import { putChartBeforeTable } from "../charts/figure";

document.querySelectorAll<HTMLElement>("[data-chart]").forEach(putChartBeforeTable);

const print = document.querySelector<HTMLButtonElement>("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
