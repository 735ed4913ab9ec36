import { beginFrom, type Reconstructor } from '@kanrecon/model';
import type { OnTrainingEvent } from '../events/training-event.js';
import { TrainingError } from '../training-error.js';
import type { TrainingInit } from './training-init.js';

/**
 * Begins a training from a trained network: takes over what fits, and tells what does not in a notice `begun-from`.
 *
 * @param source stays as it is, and the caller's
 * @throws TrainingError `nothing-fits` if not one weight does; the network is disposed then
 */
export async function beginTraining(
  reconstructor: Reconstructor,
  source: Reconstructor,
  onEvent: OnTrainingEvent,
): Promise<TrainingInit> {
  const { taken, fresh, unused } = await beginFrom(reconstructor, source);
  if (taken.length === 0) {
    reconstructor.dispose();
    const details = { source: source.name, network: reconstructor.name };
    throw new TrainingError(
      'nothing-fits',
      details,
      `beginTraining: no weight of ${source.name} fits ${reconstructor.name}; expected a network with the same backbone`,
    );
  }
  // As JSON will have it: what was taken is known by what was not.
  const init: TrainingInit = JSON.parse(JSON.stringify({ name: source.name, taken: taken.length, fresh, unused }));
  onEvent({ type: 'notice', notice: { code: 'begun-from', ...init } });
  return init;
}
