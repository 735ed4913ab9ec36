import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

// A file of its own, which is loaded once a chart is drawn: bundlers keep what is named here of echarts, and leave the rest of it out.

/** A chart as SVG text that needs no script. */
export function chartSvg(option: echarts.EChartsCoreOption, width: number, height: number): string {
  // Not beside the imports: a bundler may take this file for one without effects.
  echarts.use([LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
