import { withoutCaller } from '@kanrecon/image';
import { loadScene, type Scene } from '@kanrecon/scene';
import { TrainingError } from '../../training-error.js';
import type { RunConfig } from './run-config.js';
import type { RunFolder } from './run-folder.js';

/**
 * What the images show that a run was trained on.
 *
 * @throws TrainingError `unusable-run` if this version cannot draw it
 */
export async function runScene(folder: Pick<RunFolder, 'config'>, { scene }: Pick<RunConfig, 'scene'>): Promise<Scene> {
  try {
    return await loadScene(scene);
  } catch (cause) {
    const reason = `scene is wrong; ${withoutCaller((cause as Error).message).replace(/got undefined$/, 'got nothing')}`;
    const details = { file: folder.config, reason };
    throw new TrainingError('unusable-run', details, `runScene: ${folder.config}: ${reason}`, { cause });
  }
}
