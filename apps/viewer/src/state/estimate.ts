import type { RefinedObject } from '../worker/protocol.js';
import type { Case } from './case.js';
import type { Estimate } from './estimate-row.js';
import { networkRows } from './network-rows.js';
import { refinedRows } from './refined-rows.js';
import type { ViewerModel } from './viewer-model.js';

/** The best estimate of a case by its model; undefined until there is an answer. */
export function estimateOf(item: Case, model: ViewerModel | undefined): Estimate | undefined {
  if (!model) return undefined;
  const { verdict } = verdictOf(item) ?? {};
  const refined = refinedBy(item, model.name);
  if (refined) return refinedRows(refined, model);
  const answer = item.answers.find((one) => one.model === model.name);
  return answer && networkRows(answer, model, verdict);
}

/** What is to be thought of a case: of its refinement, else of a quick look. */
export function verdictOf({ model, refined, verdicts }: Case) {
  if (!model) return undefined;
  const found = refinedBy({ refined }, model);
  return found ? { verdict: found.verdict, quick: false } : quickVerdict(verdicts, model);
}

/** What refinement found by a model. A model may be called as what every object has, such as `constructor`. */
export function refinedBy({ refined }: Pick<Case, 'refined'>, model: string): RefinedObject | undefined {
  return Object.hasOwn(refined, model) ? refined[model] : undefined;
}

function quickVerdict(verdicts: Case['verdicts'], model: string) {
  const found = verdicts.find((one) => one.model === model);
  return found && { verdict: found.verdict, quick: true };
}
