import { existsSync } from 'node:fs';
import { loadModel, openRunFolder, readRunConfig, readRunLog, readRunSummary } from '@kanrecon/training/node';
import { trainCommand } from './train-command.mjs';

/**
 * A finished training.
 *
 * @param {string} path its run folder
 * @param {string | undefined} command that trains it again, if not the one that its settings say
 */
export async function readRun(path, command) {
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
  const { experiment, scene } = await readRunConfig(folder);
  const { recipe, words } = trainCommand(experiment, scene, reconstructor.card.calibration?.images, command);
  return {
    reconstructor,
    training: {
      recipe,
      seed: experiment.seed,
      epoch,
      epochs: summary.epochs,
      images: Math.round(until.reduce((sum, record) => sum + record.images_per_second * record.seconds, 0)),
      hours: Number((summary.seconds / 3600).toPrecision(2)),
      backend: summary.backend,
      command: words,
    },
  };
}
