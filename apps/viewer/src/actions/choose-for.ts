import type { ModelName } from '../state/model-name.js';
import { currentId, findCase, updateCase } from '../state/store.js';
import { report } from './report.js';
import { takeModel } from './take-model.js';
import { worker } from './worker.js';

/** Images that wait: each look takes the whole processor. */
const waiting: { readonly id: number; readonly only?: ModelName }[] = [];
let busy = false;

/**
 * Finds out which model an image is for, and takes it unless one was chosen by hand meanwhile. Of several images that wait the one that is
 * looked at comes first.
 *
 * @param only the one model that is to be judged
 */
export async function chooseFor(id: number, only?: ModelName): Promise<void> {
  waiting.push({ id, ...(only && { only }) });
  if (busy) return;
  busy = true;
  while (waiting.length > 0) {
    const at = waiting.findIndex((item) => item.id === currentId.value);
    const [next] = waiting.splice(Math.max(0, at), 1);
    await choose(next!.id, next!.only);
  }
  busy = false;
}

async function choose(id: number, only: ModelName | undefined): Promise<void> {
  const { picture, answers = [], verdicts: known = [] } = findCase(id) ?? {};
  if (!picture) return;
  try {
    // A look at all models may have judged it meanwhile.
    if (known.some(({ model }) => model === only)) return;
    const likely = only ? [only] : answers.map(({ model }) => model);
    const found = await worker.ask('choose', { picture, models: likely });
    updateCase(id, ({ verdicts }) => ({
      verdicts: [...found, ...verdicts.filter(({ model }) => !found.some((one) => one.model === model))],
    }));
    const item = findCase(id);
    const [best] = found;
    if (item && best && !only && !item.byHand && item.model !== best.model) takeModel(id, best.model);
  } catch (error) {
    report(error);
  } finally {
    const last = !waiting.some((next) => next.id === id);
    if (last && findCase(id)?.phase === 'choosing') updateCase(id, { phase: 'ready' });
  }
}
