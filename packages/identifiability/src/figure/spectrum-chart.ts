import type { Identifiability } from '../identifiability-result.js';
import { axisStyle, type ChartSize, chartColors, chartHeading, chartSvg } from './chart-svg.js';

/** Exact zeros lie on the floor of the logarithmic axis. */
const floor = 0.01;

/** The singular values of every draw, each beside the noise along its direction. */
export function spectrumChart({ spectra }: Identifiability, size: ChartSize): string {
  const count = spectra[0]!.singularValues.length;
  const points = (key: 'singularValues' | 'noise', shift: number) =>
    spectra.flatMap((spectrum) => spectrum[key].map((value, i) => [i + 1 + shift, Math.max(floor, value)]));
  const series = (name: string, key: 'singularValues' | 'noise', shift: number, color: string) => ({
    name,
    type: 'scatter',
    symbol: key === 'noise' ? 'rect' : 'circle',
    symbolSize: key === 'noise' ? [14, 2] : 9,
    itemStyle: { color, opacity: 0.75 },
    data: points(key, shift),
  });
  return chartSvg(
    {
      ...chartHeading('Singular values of the Jacobian, by object', 70),
      grid: { left: 76, right: 20, top: 74, bottom: 52 },
      xAxis: {
        ...axisStyle,
        type: 'value',
        min: 0.5,
        max: count + 0.5,
        interval: 0.5,
        name: 'singular value, from the least',
        nameGap: 30,
        axisLabel: {
          ...axisStyle.axisLabel,
          formatter: (value: number) => (Number.isInteger(value) ? String(value) : ''),
        },
        axisTick: { show: false },
        splitLine: { show: false },
      },
      yAxis: {
        ...axisStyle,
        type: 'log',
        min: floor,
        name: 'RMS change, 1/255 for one range',
        nameGap: 52,
        axisLabel: {
          ...axisStyle.axisLabel,
          formatter: (value: number) => (value <= floor ? '0' : String(Number(value.toPrecision(3)))),
        },
      },
      series: [
        series('value', 'singularValues', -0.12, chartColors.strong),
        series('its noise', 'noise', 0.12, chartColors.noise),
      ],
    },
    size,
  );
}
