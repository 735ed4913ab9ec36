import type { ReportScatter } from '@kanrecon/training/report';
import { placeOf } from './cases.js';
import type { ShownRun } from './runs.js';
import type { ScoredParameter, ViewerEvaluation } from './viewer-run.js';

/** A run with scores. */
export type ScoredRun = ShownRun & { readonly evaluation: ViewerEvaluation };

/** A cloud of a plot, and whose it is. */
export interface ScatterCloud {
  readonly run: ScoredRun;
  readonly points: readonly (readonly [real: number, predicted: number])[];
  readonly r2: number;
  readonly interval?: readonly [number, number];
}

/** A plot of predicted against real values of one parameter, with a cloud for each run that has it. */
export interface RunScatter extends ScoredParameter {
  readonly clouds: readonly ScatterCloud[];
  readonly visible: boolean;
}

/** A plot for each parameter that any of the runs predicts; of the same name, they share one. */
export function scattersOf(scored: readonly ScoredRun[]): readonly RunScatter[] {
  const names = [...new Set(scored.flatMap(({ evaluation }) => evaluation.parameters.map(({ name }) => name)))];
  return names.map((name) => {
    const having = scored.filter(({ evaluation }) => evaluation.parameters.some((one) => one.name === name));
    const ranges = having.map(({ evaluation }) => evaluation.parameters.find((one) => one.name === name)!);
    return {
      name,
      unit: ranges[0]!.unit,
      min: Math.min(...ranges.map(({ min }) => min)),
      max: Math.max(...ranges.map(({ max }) => max)),
      ...(ranges.some(({ ofReal }) => ofReal) && { ofReal: true }),
      visible: having.some(({ evaluation }) => evaluation.told.scores.visible.includes(name)),
      clouds: having.map((run) => cloudOf(run, name)),
    };
  });
}

function cloudOf(run: ScoredRun, name: string): ScatterCloud {
  const { told, predictions } = run.evaluation;
  const interval = told.intervals?.perParameter.find((row) => row.name === name)?.r2;
  return {
    run,
    points: predictions.map(({ real, predicted }) => [real[name]!, predicted[name]!] as const),
    r2: told.scores.perParameter.find((row) => row.name === name)!.r2,
    ...(interval && { interval }),
  };
}

/** The same for a report. @param chosen key of the case that is pointed out */
export function reportScatters(scatters: readonly RunScatter[], chosen: string | undefined): ReportScatter[] {
  const several = scatters.some(({ clouds }) => clouds.length > 1);
  return scatters.map(({ name, unit, min, max, ofReal, visible, clouds }) => ({
    ...{ name, unit, visible, range: [min, max], ...(ofReal && { ofReal }) },
    groups: clouds.map(({ run, points, r2, interval }) => {
      const marked = chosen === undefined ? undefined : placeOf(run.evaluation, chosen);
      return {
        ...{ points, r2, series: run.color },
        ...(several && { name: run.run.name }),
        ...(interval && { interval }),
        ...(marked !== undefined && { marked }),
      };
    }),
  }));
}
