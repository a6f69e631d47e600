/** Bars that lie, one for each row of the table, with its number; a second series stands behind the first, pale. */
import type { EChartsCoreOption } from "echarts/core";
import type { Palette } from "./palette";
import type { Figures } from "./table";

export function bars(figures: Figures, colours: Palette, isLate: boolean): EChartsCoreOption {
  const strong = isLate ? colours.seal : colours.accent;
  return {
    legend: figures.series.size > 1 ? { bottom: 0, textStyle: { color: colours.soft } } : { show: false },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: figures.keys,
      axisLabel: { color: colours.ink, fontFamily: colours.letters },
      axisLine: { lineStyle: { color: colours.pale } },
      axisTick: { show: false },
    },
    series: [...figures.series.values()].map((series, at) => ({
      type: "bar",
      name: series.name,
      data: series.values.map((value) => ({ value, itemStyle: { color: at ? colours.pale : strong } })),
      itemStyle: { color: at ? colours.pale : strong, borderRadius: [0, 2, 2, 0] },
      barMaxWidth: at ? 6 : 16,
      label: { show: true, position: "right", color: at ? colours.soft : colours.ink, fontFamily: colours.letters },
    })),
  };
}
