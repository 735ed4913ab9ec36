import { seriesColors } from './series-colors.js';

/** One curve: y by x, a whole number. */
export interface ChartSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Which of the chart's colours; by default each curve's own. */
  readonly color?: number;
  readonly dashed?: boolean;
}

export interface LineChartOptions {
  series: readonly ChartSeries[];
  xName: string;
  yName: string;
  /** Logarithmic y axis. */
  log?: boolean;
  /** A dashed level, such as the best possible score. */
  level?: { name: string; value: number };
  /** A dashed line upwards, such as the epoch that was kept. */
  mark?: { name: string; x: number };
  /** Lower end of the y axis; the smallest value when left out. */
  yMin?: number;
}

/** How far the x axis goes on to both sides of a single x, which would lie at its end otherwise. */
const aroundOne = 0.5;

const themes = {
  light: { text: '#5b6470', line: '#d5dae1', colors: seriesColors.light, level: '#6b7280' },
  dark: { text: '#a3adba', line: '#343c47', colors: seriesColors.dark, level: '#9ca3af' },
} as const;

/** Curves as an SVG image that needs no script; it scales with the width of its place in the page. */
export async function lineChart(options: LineChartOptions, theme: keyof typeof themes): Promise<string> {
  // Not before a chart is drawn: it is large, and whoever draws none does without.
  const { chartSvg } = await import('./line-echarts.js');
  const { series, xName, yName, log = false, level, mark, yMin } = options;
  const { text, line, colors, level: levelColor } = themes[theme];
  const axis = {
    nameLocation: 'middle' as const,
    nameTextStyle: { color: text, fontSize: 14 },
    axisLabel: { color: text, fontSize: 13 },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
  };
  const xs = series.flatMap(({ points }) => points.map(([x]) => x));
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const sides = first === last ? aroundOne : 0;
  const top = level ? Math.max(level.value, ...series.flatMap(({ points }) => points.map(([, y]) => y))) : undefined;
  const option = {
    animation: false,
    color: [...colors],
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    legend: { top: 4, icon: 'roundRect', itemHeight: 4, itemGap: 36, textStyle: { color: text, fontSize: 14 } },
    // More than two names take a second line.
    grid: { left: 70, right: 24, top: series.length > 2 ? 68 : 44, bottom: 52 },
    xAxis: {
      ...axis,
      type: 'value',
      name: xName,
      nameGap: 32,
      minInterval: 1,
      ...(xs.length > 0 && { min: first - sides, max: last + sides }),
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => (Number.isInteger(value) ? String(value) : '') },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      type: log ? 'log' : 'value',
      name: yName,
      nameGap: 50,
      ...(log ? logRange(series) : { min: yMin, max: top === undefined ? undefined : Math.ceil(top * 10) / 10 }),
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => String(Number(value.toPrecision(3))) },
    },
    series: series.map(({ name, points, color, dashed }, index) => ({
      name,
      type: 'line',
      ...(color !== undefined && { color: colors[color % colors.length]! }),
      data: points.map(([x, y]) => [x, y]),
      showSymbol: points.length === 1,
      lineStyle: { width: 2.5, type: dashed ? 'dashed' : 'solid' },
      ...(index === 0 && (level || mark) ? { markLine: markLines({ level, mark }, levelColor, text) } : {}),
    })),
  };
  const svg = chartSvg(option, 620, 360);
  return svg.replace('<svg ', '<svg role="img" preserveAspectRatio="xMidYMid meet" ');
}

/** A little air around the values, so that an axis of less than a decade does not end far away. */
function logRange(series: readonly ChartSeries[]) {
  const values = series.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => y > 0);
  if (values.length === 0) return {};
  return {
    // Rounded to one digit it could lie above the values.
    min: Number((Math.min(...values) * 0.8).toPrecision(2)),
    max: Number((Math.max(...values) * 1.3).toPrecision(2)),
  };
}

function markLines({ level, mark }: Pick<LineChartOptions, 'level' | 'mark'>, color: string, text: string) {
  const label = (formatter: string, position: 'insideStartTop' | 'insideEndTop') => {
    return { formatter, position, color: text, fontSize: 13 };
  };
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color, type: 'dashed' as const, width: 1.5 },
    data: [
      ...(level ? [{ yAxis: level.value, label: label(level.name, 'insideStartTop') }] : []),
      ...(mark ? [{ xAxis: mark.x, label: label(mark.name, 'insideEndTop') }] : []),
    ],
  };
}
