import { chooseModel, isWithin } from '@kanrecon/pretrained';
import { squarePicture } from '../../image/square-picture.js';
import { loadNetwork } from '../load-networks.js';
import type { ModelVerdict, Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

/** Width at which is looked: the networks see no more, and a look at 128 pixels takes three times as long. */
const size = 64;

/**
 * Which model an image is for, as `kanrecon predict` chooses it. Those whose answers come first are looked at first, and the first that
 * explains the image is taken: hardly any image is explained by two, and the wrong ones take longest. Where none does, all are compared. A scene that takes
 * in another's explains its images, too: these are weighed against each other.
 */
export async function chooseModelFor(
  { picture, models }: Requests['choose']['input'],
  { signal }: TaskContext<never>,
): Promise<readonly ModelVerdict[]> {
  const image = squarePicture(picture, size);
  const loaded = await Promise.allSettled(models.map(loadNetwork));
  // One that was deleted meanwhile has no say in it.
  const networks = loaded.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [likely, ...others] = networks;
  const related = others.filter(
    ({ scene }) => likely && (isWithin(scene, likely.scene) || isWithin(likely.scene, scene)),
  );
  const first = likely ? await chooseModel(image, [likely, ...related], { signal }) : [];
  const settled = others.length === 0 || first[0]?.verdict.kind === 'found';
  const fits = settled ? first : await chooseModel(image, networks, { signal });
  return fits.map(({ model, verdict }) => ({ model: model.name, verdict }));
}
