import type { RunPrediction } from '@kanrecon/training/report';
import { placeOf, type RunCase } from './cases.js';
import type { ScoredRun } from './scatters.js';

/** One distance between real and predicted surface, by run. */
export interface CaseDistance {
  readonly name: string;
  readonly values: readonly {
    readonly run: ScoredRun;
    /** In the object's units. */
    readonly value: number;
    /** The same as a share of the real object's size. */
    readonly share: number;
  }[];
}

const rows = [
  ['mean', 'distance'],
  ['greatest (Hausdorff)', 'hausdorff'],
  ['mean, best scale', 'distance_scaled'],
  ['greatest, best scale', 'hausdorff_scaled'],
] as const satisfies readonly (readonly [string, keyof NonNullable<RunPrediction['distances']>])[];

/** How far what each network found in a case is from what the image really shows; empty where none was measured. */
export function caseDistances({ key }: RunCase, scored: readonly ScoredRun[]): readonly CaseDistance[] {
  const measured = scored.flatMap((run) => {
    const at = placeOf(run.evaluation, key);
    const distances = at === undefined ? undefined : run.evaluation.predictions[at]!.distances;
    return distances ? [{ run, distances }] : [];
  });
  if (measured.length === 0) return [];
  return rows.map(([name, column]) => ({
    name,
    values: measured.map(({ run, distances }) => ({
      run,
      value: distances[column],
      share: distances[column] / (distances.size || 1),
    })),
  }));
}
