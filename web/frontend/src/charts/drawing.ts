/** ECharts with the few parts that our charts need, drawn as SVG; loaded when a chart first comes into view. */
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Palette } from "./palette";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Draws, or draws anew; whoever points at a mark reads its numbers. */
export function draw(place: HTMLElement, option: EChartsCoreOption, colours: Palette, present?: EChartsType): EChartsType {
  const chart = present ?? init(place, null, { renderer: "svg" });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  chart.setOption(
    {
      animation: !calm,
      animationDuration: 300,
      textStyle: { color: colours.ink, fontFamily: colours.letters },
      grid: { left: 8, right: 40, top: 12, bottom: 32, containLabel: true },
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        backgroundColor: colours.surface,
        borderColor: colours.line,
        textStyle: { color: colours.ink, fontFamily: colours.letters, fontSize: 13 },
      },
      ...option,
    },
    true,
  );
  return chart;
}
