/** What was left at the end of each day, what was closed on it, and the pace that leads to nothing on the last day. */
import type { EChartsCoreOption } from "echarts/core";
import type { Palette } from "./palette";
import type { Figures, Series } from "./table";

const NONE: Series = { name: "", values: [], addresses: [] };

export function burnDown(figures: Figures, colours: Palette, lastDay: string, pace: string): EChartsCoreOption {
  const remaining = figures.series.get("remaining") ?? NONE;
  const closed = figures.series.get("closed") ?? NONE;
  const [today] = figures.keys;
  const [left] = remaining.values;
  const ahead = today && left !== undefined && today < lastDay ? [[today, left], [lastDay, 0]] : [];
  return {
    legend: { bottom: 0, textStyle: { color: colours.soft, fontFamily: colours.letters }, itemGap: 16 },
    xAxis: {
      type: "time",
      max: lastDay,
      axisLabel: { color: colours.soft, formatter: "{M}-{d}", hideOverlap: true },
      axisLine: { lineStyle: { color: colours.pale } },
      axisTick: { lineStyle: { color: colours.pale } },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { color: colours.soft },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        type: "bar",
        name: closed.name,
        data: points(figures, closed),
        itemStyle: { color: colours.pale, borderRadius: [2, 2, 0, 0] },
        barMaxWidth: 8,
      },
      {
        type: "line",
        name: remaining.name,
        data: points(figures, remaining),
        symbol: "none",
        lineStyle: { color: colours.accent, width: 2.5 },
        itemStyle: { color: colours.accent },
      },
      {
        type: "line",
        name: pace,
        data: ahead,
        symbol: "none",
        lineStyle: { color: colours.seal, width: 2, type: "dashed" },
        itemStyle: { color: colours.seal },
      },
    ],
  };
}

function points(figures: Figures, series: Series): [string, number][] {
  return figures.keys.map((day, at): [string, number] => [day, series.values[at] ?? 0]).reverse();
}
