import type { ModelName } from '../state/model-name.js';
import { findCase, updateCase } from '../state/store.js';
import { chooseFor } from './choose-for.js';
import { takeModel } from './take-model.js';

/** Takes the model that a person has chosen, and has it judged if that was not done yet. */
export function chooseByHand(id: number, model: ModelName): void {
  takeModel(id, model, true);
  const item = findCase(id);
  if (!item?.picture || item.phase === 'failed' || item.verdicts.some((one) => one.model === model)) return;
  updateCase(id, { phase: 'choosing' });
  void chooseFor(id, model);
}
