import type { PredictionScores } from '@kanrecon/training';
import { countOf } from '../ui/count-of.js';
import { fixed, undefinedScoreNote } from '../ui/fixed.js';
import { formatTable } from '../ui/format-table.js';
import { coverageTable } from './coverage-table.js';
import type { RefinedScores } from './refined-scores.js';

/** Scores of one way to answer, over the parameters that an image can show. */
export interface RefinedRow {
  readonly name: string;
  readonly mae: number;
  readonly rmse: number;
  readonly r2: number;
  /** Of what shows whole: see `RefinedScores`. */
  readonly r2Shown: number | undefined;
  /** The camera's median error in degrees, where the camera is found. */
  readonly camera: number | undefined;
}

/** The network's scores, then those after refinement, then those of the images that were found where not all were. */
export function refinedRows({ network, scores, scoresFound, shown, camera }: RefinedScores): RefinedRow[] {
  const row = (name: string, of: PredictionScores) => {
    const { visible, perParameter, r2Visible } = of;
    const rows = perParameter.filter((parameter) => visible.includes(parameter.name));
    const mean = (key: 'mae' | 'mse') => rows.reduce((sum, parameter) => sum + parameter[key], 0) / rows.length;
    return { name, mae: mean('mae'), rmse: Math.sqrt(mean('mse')), r2: r2Visible };
  };
  return [
    { ...row('network', network), r2Shown: shown.r2Network, camera: camera.network?.medianDegrees },
    { ...row('refined', scores), r2Shown: shown.r2Refined, camera: camera.refined.medianDegrees },
    ...(scoresFound
      ? [{ ...row('refined, where found', scoresFound), r2Shown: shown.r2Found, camera: camera.found?.medianDegrees }]
      : []),
  ];
}

/** Headers of {@link refinedRows}, the first one left out. */
export const refinedHeaders = ['MAE', 'RMSE', 'R²', 'R² of what shows whole', 'camera off, median °'] as const;

/** What refinement took, how many images it explains, and what is scored, in sentences. */
export function describeRefined(scores: RefinedScores): string {
  const { images, found, budget, renderings, secondsPerImage, shown } = scores;
  const whole = shown.names.length > 0 ? ` What shows whole: ${shown.names.join(', ')}.` : '';
  return `${countOf(images, 'image')} refined by rendering: found in ${found} (${Math.round((100 * found) / images)} %), ${Math.round(renderings)} renderings (budget ${budget}) and ${secondsPerImage.toFixed(1)} s of a thread an image. Refined values are posterior means; scores by parameter are normalised, and together over the ${countOf(scores.network.visible.length, 'visible parameter')}.${whole}`;
}

/** What refinement gained, in a line: of what shows whole, or of the visible parameters where nothing does. */
export function describeGain({ images, shown, network, scores }: RefinedScores): string {
  const [before, after, of] =
    shown.names.length > 0
      ? [shown.r2Network, shown.r2Refined, `what shows (${shown.names.join(', ')})`]
      : [network.r2Visible, scores.r2Visible, countOf(network.visible.length, 'visible parameter')];
  return `Network R² ${fixed(before, 3)} → refined R² ${fixed(after, 3)} of ${of}, on ${countOf(images, 'test image')}.`;
}

/** Scores before and after refinement, and what its intervals are worth, as text for the terminal. */
export function refinedTables(scores: RefinedScores): string {
  const { network, scores: refined, coverage, images } = scores;
  const rows = refinedRows(scores).map(({ name, mae, rmse, r2, r2Shown, camera }) => [
    name,
    ...[mae, rmse, r2, r2Shown].map((value) => fixed(value, 4)),
    fixed(camera, 2),
  ]);
  const pairs = [
    [network.perParameter, refined.perParameter],
    [network.combinations, refined.combinations],
  ] as const;
  const each = pairs.flatMap(([before, after]) =>
    before.map(({ name, mae, r2 }, i) => [
      name,
      ...[mae, after[i]!.mae, r2, after[i]!.r2].map((value) => fixed(value, 4)),
    ]),
  );
  return [
    describeRefined(scores),
    formatTable(['', ...refinedHeaders], rows),
    undefinedScoreNote(refined.r2, images),
    formatTable(['', 'MAE network', 'refined', 'R² network', 'refined'], each),
    coverageTable(coverage),
  ]
    .filter(Boolean)
    .join('\n\n');
}
