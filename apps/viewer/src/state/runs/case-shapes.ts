import { type ParametricSurface, surfaceByName, surfaceNames } from '@kanrecon/geometry';
import type { RunPrediction } from '@kanrecon/training/report';
import type { ViewerModel } from '../viewer-model.js';
import { placeOf, type RunCase } from './cases.js';
import type { ScoredRun } from './scatters.js';

/** A shape that was found in a case, and what it can be drawn with. */
export interface FoundShape {
  readonly key: string;
  /** In a few words. */
  readonly label: string;
  readonly surface: ParametricSurface;
  readonly real: Readonly<Record<string, number>>;
  /** By name, in units, moved into their ranges. */
  readonly found: Readonly<Record<string, number>>;
}

/** What networks and refinement found in a case, where their surface is known here: refined ones first. */
export function caseShapes(
  { key }: RunCase,
  scored: readonly ScoredRun[],
  models: ReadonlyMap<string, ViewerModel>,
): readonly FoundShape[] {
  const shapes = scored.flatMap((run) => {
    const at = placeOf(run.evaluation, key);
    const surface = surfaceOf(run, models);
    return at === undefined || !surface ? [] : shapesOf(run, surface, run.evaluation.predictions[at]!);
  });
  return [
    ...shapes.filter(({ key: of }) => of.endsWith('refined')),
    ...shapes.filter(({ key: of }) => !of.endsWith('refined')),
  ];
}

function shapesOf({ run }: ScoredRun, surface: ParametricSurface, prediction: RunPrediction): FoundShape[] {
  const { real, predicted, refined } = prediction;
  if (!surface.parameters.every(({ name }) => Object.hasOwn(real, name))) return [];
  const shape = (kind: 'network' | 'refined', of: (name: string) => number): FoundShape => ({
    ...{ key: `${run.key} ${kind}`, label: kind === 'network' ? run.name : `${run.name}, refined`, surface, real },
    found: Object.fromEntries(
      surface.parameters.map(({ name, min, max }) => [name, Math.min(max, Math.max(min, of(name)))]),
    ),
  });
  return [
    ...(refined ? [shape('refined', (name) => refined.values[name]!.mean)] : []),
    shape('network', (name) => predicted[name]!),
  ];
}

/** That of the run's own model, else the one of that name. */
function surfaceOf(
  { run, evaluation }: ScoredRun,
  models: ReadonlyMap<string, ViewerModel>,
): ParametricSurface | undefined {
  const wanted = evaluation.told.surface;
  const own = run.model === undefined ? undefined : models.get(run.model)?.scene.surface;
  if (own?.name === wanted) return own;
  return surfaceNames().includes(wanted) ? surfaceByName(wanted) : undefined;
}
