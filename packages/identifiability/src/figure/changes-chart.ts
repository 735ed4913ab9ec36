import type { Identifiability } from '../identifiability-result.js';
import { axisStyle, type ChartSize, chartColors, chartHeading, chartSvg } from './chart-svg.js';

/** The smallest change of each parameter that moves a pixel by 1/255 and by 8/255, as a share of its range. */
export function changesChart({ parameters }: Identifiability, size: ChartSize): string {
  const shown = [...parameters].reverse();
  const verdicts = { visible: '', tied: ' (tied)', invisible: ' (no trace)', undecided: ' (undecided)' };
  const series = (name: string, key: 'smallestChange' | 'smallestSeenChange', color: string) => ({
    name,
    type: 'scatter',
    symbolSize: 12,
    itemStyle: { color, opacity: 1 },
    label: {
      show: true,
      position: 'right',
      color: chartColors.text,
      fontSize: 12,
      formatter: ({ value: [share] }: { value: [share: number, row: number] }) => percent(share),
    },
    data: shown.flatMap((parameter, i) => {
      const { medianShare } = parameter[key];
      return medianShare === null ? [] : [[medianShare, i]];
    }),
  });
  const shares = parameters.flatMap(({ smallestChange: a, smallestSeenChange: b }) => [a.medianShare, b.medianShare]);
  const known = shares.filter((share) => share !== null);
  return chartSvg(
    {
      ...chartHeading('Smallest change of a parameter that moves any pixel', 144),
      grid: { left: 150, right: 64, top: 74, bottom: 52 },
      xAxis: {
        ...axisStyle,
        type: 'log',
        min: 10 ** Math.floor(Math.log10(Math.min(0.001, ...known))),
        max: 1,
        name: 'share of its range (median of the objects)',
        nameGap: 30,
        axisLabel: { ...axisStyle.axisLabel, formatter: percent },
      },
      yAxis: {
        ...axisStyle,
        type: 'category',
        data: shown.map(({ name, verdict }) => `${name}${verdicts[verdict]}`),
        axisTick: { show: false },
        splitLine: { ...axisStyle.splitLine, show: true },
      },
      series: [
        series('by 8/255, which can be seen', 'smallestSeenChange', chartColors.strong),
        series('by 1/255', 'smallestChange', chartColors.faint),
      ],
    },
    size,
  );
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
