import { chooseModel } from '@kanrecon/pretrained';
import { squarePicture } from '../../image/square-picture.js';
import { loadNetwork } from '../load-networks.js';
import type { ModelVerdict, Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

/** Width at which is looked: the networks see no more, and a look at 128 pixels takes three times as long. */
const size = 64;

/** Which model an image is for, as `kanrecon predict` chooses it; those that were looked at, the best first. */
export async function chooseModelFor(
  { picture, models }: Requests['choose']['input'],
  { signal }: TaskContext<never>,
): Promise<readonly ModelVerdict[]> {
  const image = squarePicture(picture, size);
  const loaded = await Promise.allSettled(models.map(loadNetwork));
  // One that was deleted meanwhile has no say in it.
  const networks = loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const fits = networks.length === 0 ? [] : await chooseModel(image, networks, { signal });
  return fits.map(({ model, verdict }) => ({ model: model.name, verdict }));
}
