import type {
  BestPossibleScores,
  Identifiability,
  ParameterVisibility,
  SmallestChange,
} from '@kanrecon/identifiability';
import { formatTable } from '../ui/format-table.js';

/** What {@link visibilityTable} holds. */
export const visibilityHeading = [
  'How far a parameter alone must change, up or down, until some pixel changes by 1/255 and by 8/255 (middle object; for 8/255 also',
  'the worst), and the best possible scores. Changes within the step of the differences, at most 4 % of the range, follow from the',
  'slope of the image; greater ones are measured by rendering. never: no change within the range does it.',
].join('\n');

/**
 * How each parameter shows, and what the best reader could score; as text for the terminal.
 *
 * @param best null where that is not known
 */
export function visibilityTable({ parameters, unexplained }: Identifiability, best: BestPossibleScores | null): string {
  const rows = parameters.map((parameter, i) => {
    const { name, unit, verdict, smallestChange, smallestSeenChange } = parameter;
    const change = (share: number | null) => (verdict === 'invisible' ? '–' : percent(share));
    const value = ({ median }: SmallestChange) =>
      verdict === 'invisible' ? '–' : median === null ? 'never' : String(Number(median.toPrecision(2)));
    return [
      ...[name, unit, words[verdict]],
      ...[value(smallestChange), change(smallestChange.medianShare)],
      ...[value(smallestSeenChange), change(smallestSeenChange.medianShare), change(smallestSeenChange.worstShare)],
      ...scores(parameter, best?.perParameter[i], unexplained > 0),
    ];
  });
  const changes = ['by 1/255', 'of range', 'by 8/255', 'of range', '8/255, worst'];
  const notes = [
    ...(parameters.some(({ verdict }) => verdict === 'tied')
      ? ['(tied: it shows when it alone changes, but a change of others can hide it)']
      : []),
    ...(unexplained > 0 ? ['(≤, ≥: bounds, as not all that is hidden could be named)'] : []),
  ];
  return [formatTable(['parameter', 'unit', 'in the image', ...changes, 'R²', 'MAE', 'RMSE'], rows), ...notes].join(
    '\n',
  );
}

/** The best possible scores over all parameters, in a sentence. */
export function overallScores({ r2, mae, rmse }: BestPossibleScores, areBounds: boolean): string {
  return areBounds
    ? `At most (not all that is hidden could be named): R² ≤ ${r2.toFixed(3)}, MAE ≥ ${mae.toFixed(3)}, RMSE ≥ ${rmse.toFixed(3)}.`
    : `Best possible over all: R² ${r2.toFixed(3)}, MAE ${mae.toFixed(3)}, RMSE ${rmse.toFixed(3)}.`;
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

const words = { visible: 'shows', tied: 'tied', invisible: 'no trace', undecided: 'undecided' } as const;

/** R², MAE and RMSE; of what leaves no trace and of what shows they are exact, even where others' are bounds. */
function scores(
  { verdict }: ParameterVisibility,
  best: Pick<BestPossibleScores, 'r2' | 'mae' | 'rmse'> | undefined,
  areBounds: boolean,
): string[] {
  if (!best) return ['?', '?', '?'];
  const [most, least] = areBounds && verdict === 'tied' ? ['≤ ', '≥ '] : ['', ''];
  return [`${most}${best.r2.toFixed(3)}`, `${least}${best.mae.toFixed(3)}`, `${least}${best.rmse.toFixed(3)}`];
}

function percent(share: number | null): string {
  return share === null ? 'never' : `${Number((100 * share).toPrecision(2))} %`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}
