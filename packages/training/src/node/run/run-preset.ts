import { type DatasetPreset, loadPreset } from '@kanrecon/scene';
import { UserError, withoutCaller } from 'kanrecon';
import type { RunConfig } from './run-config.js';

/** How the images look that a run was trained on. @throws UserError if this version cannot draw them */
export async function runPreset({ look }: Pick<RunConfig, 'look'>): Promise<DatasetPreset> {
  try {
    return await loadPreset(look);
  } catch (cause) {
    throw new UserError(`config.json of the run: look is wrong; ${withoutCaller((cause as Error).message)}.`, {
      cause,
    });
  }
}
