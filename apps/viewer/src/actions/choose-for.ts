import { findCase, updateCase } from '../state/store.js';
import { report } from './report.js';
import { takeModel } from './take-model.js';
import { worker } from './worker.js';

/** One image after the other: each takes the whole processor. */
let queue: Promise<void> = Promise.resolve();

/** Finds out which model an image is for, and takes it unless one was chosen by hand meanwhile. */
export function chooseFor(id: number): Promise<void> {
  queue = queue.then(() => choose(id));
  return queue;
}

async function choose(id: number): Promise<void> {
  const { picture, answers = [] } = findCase(id) ?? {};
  if (!picture) return;
  try {
    const verdicts = await worker.ask('choose', { picture, order: answers.map(({ model }) => model) });
    updateCase(id, { verdicts });
    const item = findCase(id);
    const [best] = verdicts;
    if (item && best && !item.byHand && item.model !== best.model) takeModel(id, best.model);
  } catch (error) {
    report(error);
  } finally {
    const item = findCase(id);
    if (item?.phase === 'choosing') updateCase(id, { phase: 'ready' });
  }
}
