import type { Picture } from '../image/picture.js';
import { newCase } from '../state/case.js';
import type { ModelName } from '../state/model-name.js';
import { cases, currentId, findCase, mode, models, updateCase } from '../state/store.js';
import type { NetworkAnswer, Sample } from '../worker/protocol.js';
import { sentenceOf } from '../worker/sentence-of.js';
import { chooseByHand } from './choose-by-hand.js';
import { chooseFor } from './choose-for.js';
import { loadModels } from './load-models.js';
import { stopRefining } from './refine-current.js';
import { report } from './report.js';
import { takeModel } from './take-model.js';
import { worker } from './worker.js';

/** Most files that are taken at once. */
const most = 50;

/** Reads image files, shows the first that can be read, and says of each other why it cannot. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const taken = files.slice(0, most);
  if (files.length > most) {
    report(
      new Error(`${files.length} files are too many at once; the first ${most} are taken, drop the others afterwards`),
    );
  }
  mode.value = 'image';
  let shown = false;
  for (const file of taken) {
    const item = newCase({ name: file.name || 'pasted image', origin: { kind: 'file' }, phase: 'reading', file });
    try {
      const { answers } = await worker.ask(
        'read',
        { name: item.name, file },
        {
          onEvent: (picture) => {
            cases.value = [...cases.value, { ...item, picture, phase: 'answering' }];
            if (!shown) currentId.value = item.id;
            shown = true;
          },
        },
      );
      await answered(item.id, answers);
    } catch (error) {
      removeCase(item.id);
      report(error);
    }
  }
}

/** Opens a sample as if it were a file. */
export async function openSample({ scene, seed, picture }: Sample): Promise<number> {
  const known = cases.value.find(
    ({ origin }) => origin.kind === 'sample' && origin.scene === scene && origin.seed === seed,
  );
  if (known) {
    currentId.value = known.id;
    return known.id;
  }
  const item = newCase({
    name: `${scene} ${seed}`,
    origin: { kind: 'sample', scene, seed },
    phase: 'answering',
    picture,
  });
  cases.value = [...cases.value, item];
  currentId.value = item.id;
  try {
    const { answers } = await worker.ask('answer', picture);
    await answered(item.id, answers);
  } catch (error) {
    updateCase(item.id, { phase: 'failed', failure: sentenceOf(error) });
  }
  return item.id;
}

/** Opens an image such as a model of this browser's own was trained on, with that model's answer. */
export async function openDrawn(model: ModelName, name: string, picture: Picture): Promise<void> {
  const item = newCase({ name, origin: { kind: 'drawn' }, phase: 'answering', picture });
  mode.value = 'image';
  cases.value = [...cases.value, item];
  currentId.value = item.id;
  try {
    const { answers } = await worker.ask('answer', picture);
    // It is this model that is to be judged, and not which of all fits best.
    updateCase(item.id, { answers, phase: 'ready' });
    chooseByHand(item.id, model);
  } catch (error) {
    updateCase(item.id, { phase: 'failed', failure: sentenceOf(error) });
  }
}

export function removeCase(id: number): void {
  const at = cases.value.findIndex((item) => item.id === id);
  if (at < 0) return;
  stopRefining(id);
  cases.value = cases.value.filter((item) => item.id !== id);
  if (currentId.value === id) currentId.value = (cases.value[at] ?? cases.value.at(-1))?.id;
}

/** A network's answer is shown at once; which model the image is really for is found out meanwhile. */
async function answered(id: number, answers: readonly NetworkAnswer[]): Promise<void> {
  await loadModels();
  // One that was taken in a moment ago will be asked by itself.
  const known = answers.filter(({ model }) => models.value.has(model));
  const [best] = known;
  if (!best || !findCase(id)) return;
  updateCase(id, { answers: known, phase: 'choosing' });
  takeModel(id, best.model);
  void chooseFor(id);
}
