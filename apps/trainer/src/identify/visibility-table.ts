import type { BestPossibleScores, Identifiability, SmallestChange } from '@kanrecon/dataset';
import { formatTable } from '../ui/format-table.js';

/** How each parameter shows, and what the best reader could score; as text for the terminal. */
export function visibilityTable({ parameters, laws }: Identifiability, best: BestPossibleScores): string {
  const rows = parameters.map(({ name, unit, verdict, smallestChange, smallestSeenChange }, i) => {
    const { r2, mae, rmse } = best.perParameter[i]!;
    const scores = [r2, mae, rmse].map((value) => value.toFixed(3));
    return [name, unit, says[verdict], ...cells(smallestChange), ...cells(smallestSeenChange), ...scores];
  });
  const header = ['parameter', 'unit', 'in the image', 'for 1/255', 'of range', 'for 8/255', 'of range', 'worst'];
  return `${formatTable(
    [...header.slice(0, 5), ...header.slice(5), 'R²', 'MAE', 'RMSE'],
    rows.map((row, i) => [...row.slice(0, 7), percent(parameters[i]!.smallestSeenChange.worstShare), ...row.slice(7)]),
  )}${laws.length > 0 ? '\n(tied: it shows when it alone changes, but a change of others can hide it)' : ''}`;
}

/** Singular values of the Jacobians beside their noise; as text for the terminal. */
export function spectrumTable({ spectra }: Identifiability): string {
  const count = spectra[0]!.singularValues.length;
  const rows = Array.from({ length: count }, (_, i) => {
    const values = spectra.map(({ singularValues }) => singularValues[i]!);
    const noise = spectra.map((spectrum) => spectrum.noise[i]!);
    const shown = [Math.min(...values), median(values), Math.max(...values), median(noise)];
    return [String(i + 1), ...shown.map((value) => value.toFixed(2))];
  });
  return formatTable(['singular value', 'least', 'median', 'most', 'noise (median)'], rows);
}

const says = { visible: 'shows', tied: 'tied', invisible: 'no trace' } as const;

function cells({ median, medianShare }: SmallestChange): [value: string, share: string] {
  return [median === null ? '–' : String(Number(median.toPrecision(2))), percent(medianShare)];
}

function percent(share: number | null): string {
  if (share === null) return '–';
  return share > 1 ? '> 100 %' : `${Number((100 * share).toPrecision(2))} %`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
