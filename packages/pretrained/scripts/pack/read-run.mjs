import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { loadModel, openRunFolder, readRunConfig, readRunLog, readRunSummary } from '@kanrecon/training/node';
import { trainCommand } from './train-command.mjs';

/**
 * A finished training.
 *
 * @param {string} path its run folder
 * @param {string | undefined} command that trains it again, if not the one that its settings say
 * @param {string | undefined} begunFrom card of the packed model that it began from, whose training is a part of its own
 */
export async function readRun(path, command, begunFrom) {
  if (!existsSync(path)) throw new Error(`there is no run folder ${path}; give one of "kanrecon train --out <folder>"`);
  const folder = await openRunFolder(path, 'best');
  const summary = await readRunSummary(folder);
  if (!summary?.finished || !summary.best) {
    throw new Error(`the training in ${path} is not finished; let "kanrecon train --out ${path} --resume" end first`);
  }
  const { reconstructor } = await loadModel(path, 'best');
  const log = await readRunLog(folder);
  const { epoch } = summary.best;
  const until = log.filter((record) => record.epoch <= epoch);
  const { experiment, scene, init } = await readRunConfig(folder);
  if (init && !begunFrom) {
    throw new Error(`${path} began from another network; give the card of that: --begun-from <card.json>`);
  }
  if (!init && begunFrom) throw new Error(`${path} began from no other network; leave --begun-from out`);
  const before = begunFrom && JSON.parse(await readFile(begunFrom, 'utf8')).training;
  const validationImages = reconstructor.card.calibration?.images;
  const { recipe, words } = trainCommand(experiment, scene, validationImages, command, before?.command);
  const images = until.reduce((sum, record) => sum + record.images_per_second * record.seconds, 0);
  return {
    reconstructor,
    training: {
      recipe,
      seed: experiment.seed,
      epoch,
      epochs: summary.epochs,
      images: Math.round(images) + (before?.images ?? 0),
      hours: Number((summary.seconds / 3600 + (before?.hours ?? 0)).toPrecision(2)),
      backend: summary.backend,
      command: words,
    },
  };
}
