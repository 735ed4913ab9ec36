import type { RunPrediction } from '@kanrecon/training/report';
import { placeOf, type RunCase } from './cases.js';
import type { ScoredRun } from './scatters.js';

/** What one network made of a parameter. */
export interface CaseValue {
  readonly run: ScoredRun;
  readonly predicted: number;
  /** Predicted less real. */
  readonly error: number;
  /** The same as a share of the parameter's range. */
  readonly share: number;
  readonly refined?: { readonly mean: number; readonly interval90: readonly [number, number] };
}

/** A parameter of a case. */
export interface CaseRow {
  readonly name: string;
  readonly unit: string;
  readonly real: number;
  /** The range, of which errors are shares, is that of the real values. */
  readonly ofReal: boolean;
  readonly values: readonly CaseValue[];
}

/** What a case really shows, parameter by parameter, and what each network that answered it made of it. */
export function caseRows({ key, real }: RunCase, scored: readonly ScoredRun[]): readonly CaseRow[] {
  const answers = scored.flatMap((run) => {
    const at = placeOf(run.evaluation, key);
    return at === undefined ? [] : [{ run, prediction: run.evaluation.predictions[at]! }];
  });
  return Object.entries(real).map(([name, value]) => {
    const ranges = answers.flatMap(({ run }) => run.evaluation.parameters.filter((one) => one.name === name));
    return {
      ...{ name, unit: ranges[0]?.unit ?? '', real: value, ofReal: ranges.some(({ ofReal }) => ofReal) },
      values: answers.map(({ run, prediction }) => caseValue(run, prediction, name)),
    };
  });
}

function caseValue(run: ScoredRun, { real, predicted, refined }: RunPrediction, name: string): CaseValue {
  const { min, max } = run.evaluation.parameters.find((one) => one.name === name)!;
  const error = predicted[name]! - real[name]!;
  const better = refined?.values[name];
  return {
    ...{ run, predicted: predicted[name]!, error, share: error / (max - min || 1) },
    ...(better && { refined: better }),
  };
}
