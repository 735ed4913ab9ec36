import {
  cases,
  chosenCase,
  chosenEvaluations,
  chosenRuns,
  currentCase,
  mostShown,
  shownRuns,
} from '../../state/runs/runs.js';

/** Shows a run, or no longer. */
export function showRun(key: string, wanted: boolean): void {
  const shown = shownRuns.value.map(({ run }) => run.key).filter((other) => other !== key);
  chosenRuns.value = wanted ? [...shown, key].slice(-mostShown) : shown;
}

/** Shows another evaluation of a run. */
export function showEvaluation(run: string, evaluation: string): void {
  chosenEvaluations.value = new Map([...chosenEvaluations.value, [run, evaluation]]);
}

/** Goes to another case: so many on, or back. */
export function stepCase(by: number): void {
  const all = cases.value;
  const at = currentCase.value?.at ?? 0;
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  if (next) chosenCase.value = next.key;
}
