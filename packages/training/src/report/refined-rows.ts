import type { BestPossibleScores } from '@kanrecon/identifiability';
import { boundSign } from '../evaluation/metrics-rows.js';
import type { RefinedScores } from '../evaluation/refined-scores.js';
import type { PredictionScores } from '../evaluation/score-predictions.js';
import { fixed } from './fixed.js';

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

/** One parameter or visible combination, before and after refinement. */
export interface RefinedChange {
  readonly name: string;
  readonly kind: 'parameter' | 'combination';
  readonly mae: { readonly network: number; readonly refined: number };
  readonly r2: { readonly network: number; readonly refined: number };
  /** Share of the truths that the 50 % and the 90 % intervals of refinement hold, where that is known. */
  readonly held: { readonly 50?: number; readonly 90?: number };
}

/** Each parameter, then each visible combination, before and after refinement. */
export function refinedChanges({ network, scores, coverage }: RefinedScores): RefinedChange[] {
  return (['perParameter', 'combinations'] as const).flatMap((key) =>
    network[key].map(({ name, mae, r2 }, i): RefinedChange => {
      const after = scores[key][i]!;
      const levels = coverage.find((row) => row.name === name)?.levels;
      const held = (['50', '90'] as const).flatMap((level) => {
        const found = levels?.[level];
        return found ? [[level, found.coverage]] : [];
      });
      return {
        ...{ name, kind: key === 'perParameter' ? 'parameter' : 'combination' },
        mae: { network: mae, refined: after.mae },
        r2: { network: r2, refined: after.r2 },
        held: Object.fromEntries(held),
      };
    }),
  );
}

/** The best possible R² of a parameter, with its sign where that is but a bound; of what images show whole it is 1. A dash where it is not known. */
export function bestPossibleR2({ name, kind }: Pick<RefinedChange, 'name' | 'kind'>, best: BestPossibleScores): string {
  if (kind === 'combination') return fixed(1, 3);
  const bound = best.bounds?.includes(name) ? boundSign('r2') : '';
  return `${bound}${fixed(best.perParameter.find((row) => row.name === name)?.r2, 3)}`;
}
