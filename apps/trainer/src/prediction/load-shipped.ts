import { loadPretrained, pretrainedModels } from '@kanrecon/pretrained/node';
import type { Ui } from '../ui/ui.js';
import { chooseShipped } from './choose-shipped.js';
import type { InputImageFile } from './input-image.js';
import type { PredictingNetwork } from './predict-images.js';

/**
 * Loads the shipped models, chooses the one that fits the images best, says which, and frees the others.
 *
 * @throws CheckpointError if the files of one are missing or damaged; `signal.reason` when aborted
 */
export async function loadShipped(
  images: readonly InputImageFile[],
  ui: Ui,
  signal: AbortSignal,
): Promise<PredictingNetwork & { readonly name: string }> {
  const models = await Promise.all(
    pretrainedModels.map(async ({ name }) => ({ name, ...(await loadPretrained(name)) })),
  );
  const { model, sentence } = await chooseShipped(images, models, signal);
  ui.note(sentence);
  for (const other of models) if (other !== model) other.reconstructor.dispose();
  return model;
}
