import { estimateOf } from '../state/estimate.js';
import type { ModelName } from '../state/model-name.js';
import { models, updateCase } from '../state/store.js';

/** Shows a model's answer; `byHand`: no verdict changes that any more. */
export function takeModel(id: number, model: ModelName, byHand = false): void {
  updateCase(id, (item) => {
    const estimate = estimateOf({ ...item, model }, models.value.get(model));
    return {
      model,
      byHand: item.byHand || byHand,
      step: undefined,
      look: undefined,
      curve: [],
      shownAnyway: false,
      ...(estimate && { edit: { parameters: estimate.parameters, locks: [] }, undo: [], redo: [] }),
    };
  });
}
