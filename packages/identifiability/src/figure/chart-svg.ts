import { ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([ScatterChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Size of a chart in pixels. */
export interface ChartSize {
  width: number;
  height: number;
}

/** Colours of the charts, on white. */
export const chartColors = { text: '#5b6470', line: '#d5dae1', strong: '#2563eb', faint: '#93b4f5', noise: '#9ca3af' };

/** What all axes have in common. */
export const axisStyle = {
  nameLocation: 'middle' as const,
  nameTextStyle: { color: chartColors.text, fontSize: 14 },
  axisLabel: { color: chartColors.text, fontSize: 13 },
  axisLine: { lineStyle: { color: chartColors.line } },
  splitLine: { lineStyle: { color: chartColors.line } },
};

/** Title and, below it, the legend from `legendLeft` pixels on: above a chart whose grid begins at 74 pixels. */
export function chartHeading(text: string, legendLeft: number) {
  return {
    title: { text, left: 12, textStyle: { color: chartColors.text, fontSize: 16, fontWeight: 600 } },
    legend: { top: 36, left: legendLeft, itemGap: 30, textStyle: { color: chartColors.text, fontSize: 14 } },
  };
}

/** A chart as SVG text that needs no script. */
export function chartSvg(option: echarts.EChartsCoreOption, size: ChartSize): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({ animation: false, textStyle: { fontFamily: 'system-ui, sans-serif' }, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
