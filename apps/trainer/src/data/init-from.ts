import { existsSync } from 'node:fs';
import type { Reconstructor } from '@kanrecon/model';
import { pretrainedFolder, pretrainedModels } from '@kanrecon/pretrained/node';
import type { ExperimentPart } from '@kanrecon/training';
import { TrainingError } from '@kanrecon/training/names';
import { activateBackend, loadNetwork } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';

/**
 * The network that `--init-from` names: what lies there, or else a shipped model.
 *
 * @throws UserError in one sentence if there is none, or it cannot be used
 */
export async function openInitFrom(place: string): Promise<Reconstructor> {
  // Only to hold the weights until the training has copied what fits, on whatever backend it then is.
  await activateBackend('cpu');
  const shipped = existsSync(place) ? undefined : pretrainedModels.find(({ name }) => name === place);
  return loadNetwork(shipped ? pretrainedFolder(shipped.name) : place).catch((error) => explain(place, error));
}

/**
 * What a network that is trained on says of the experiment: all of the network, and whether it finds the camera. Where images are to have
 * another size, `fit.shorterSide` goes along with it, so that they still show as much.
 *
 * @param given flags that say otherwise
 * @param hasRecipe whether a recipe says what is learned
 * @param imageSize what `--image-size` says, if it is among the given flags
 */
export function partOfSource(
  { config, card }: Reconstructor,
  given: ReadonlySet<string>,
  hasRecipe: boolean,
  imageSize: number,
): ExperimentPart {
  const { seed: _, ...model } = structuredClone(config) as Required<NonNullable<ExperimentPart['model']>> & {
    seed: number;
  };
  const { hiddenDropout, ...head } = model.head;
  const { camera } = (card.experiment ?? {}) as { camera?: boolean };
  const { shorterSide } = config.fit;
  const scaled = given.has('image-size') && shorterSide !== undefined;
  const fit = scaled
    ? { ...model.fit, shorterSide: Math.round((shorterSide * imageSize) / config.imageSize) }
    : model.fit;
  return {
    model: { ...model, fit, head: { ...head, ...(!given.has('dropout') && { hiddenDropout }) } },
    ...(camera && !hasRecipe && { camera }),
  };
}

function explain(place: string, error: unknown): never {
  if (!(error instanceof TrainingError)) throw error;
  const wrong = (message: string): never => {
    throw new UserError(`--init-from ${message}`, { code: error.code, cause: error });
  };
  const names = pretrainedModels.map(({ name }) => name).join(', ');
  const expected = `give a run's folder, a model's, the address of one, or a shipped model's name (${names})`;
  if (error.is('no-run')) {
    const { exists, checkpoints: [model] = [] } = error.details;
    if (!exists) return wrong(`${place}: there is no such folder; ${expected}.`);
    return wrong(`${place}: it is no run and no model; ${model ? `give ${place}/${model}, which is one` : expected}.`);
  }
  if (error.is('no-checkpoint')) {
    const { other } = error.details;
    return wrong(
      `${place}: it has no best checkpoint; ${other ? `give ${place}/${other}, which is there` : expected}.`,
    );
  }
  if (error.is('unusable-checkpoint')) return wrong(`${place}: ${error.details.reason}.`);
  if (error.is('unusable-run')) return wrong(`${place}: ${error.details.file}: ${error.details.reason}.`);
  throw error;
}
