// The shipped network, which has learned to read spiral cylinders, is adapted to another surface, a vase given by formulas: it begins with the
// weights that fit (all but the last layer, which has other numbers to say) and is compared with the same network from random weights after
// as many images.
import { surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { loadPretrained } from '@kanrecon/pretrained/node';
import { sceneByName, sceneWith } from '@kanrecon/scene';
import { trainExperiment } from '@kanrecon/training';

/** A surface of one's own: change the formulas, and the ranges of their parameters. */
const vase = surfaceFromFormulas({
  name: 'my-vase',
  parameters: [
    { name: 'belly', min: 0.4, max: 1.2 },
    { name: 'neck', min: 0.2, max: 0.6 },
    { name: 'height', min: 1, max: 3 },
  ],
  domain: { u: [0, '2 * pi'], v: [0, 'height'] },
  x: '(neck + belly * sin(pi * v / height)^2) * cos(u)',
  y: '(neck + belly * sin(pi * v / height)^2) * sin(u)',
  z: 'v',
  closedU: true,
});

/** The vase, painted, lit and seen as the cylinders are. */
const scene = sceneWith(sceneByName('observable'), { surface: vase });

/** On images that are drawn while it trains. */
const experiment = (epochs, epochImages) => ({
  data: { kind: 'stream', epochImages },
  optimizer: { learningRate: 0.003 },
  schedule: 'one-cycle',
  budget: { epochs },
  batchSize: 16,
});

/**
 * @param log takes one line of progress
 * @param options `source`: another trained network (`loadNetwork` of @kanrecon/training/node); `images` an epoch
 * @returns R² of the vase's parameters on images that no training has seen, begun from `source` and from random weights, each after
 *   `images` in all
 */
export async function fineTune(log, { source, images = 1024 } = {}) {
  const train = async (what, wanted, options) => {
    const onEvent = (event) => {
      if (event.type === 'epoch') log(`${what}: epoch ${event.record.epoch}, R² ${event.record.val_r2.toFixed(3)}`);
      if (event.type !== 'notice') return;
      const { taken, fresh } = event.notice;
      log(
        `${what}: ${taken} weights taken over; anew: ${fresh.map(({ name, shape }) => `${name} [${shape}]`).join(', ')}`,
      );
    };
    return trainExperiment(wanted, { ...options, validationImages: 200, onEvent });
  };
  const trained = source ?? (await loadPretrained('observable')).reconstructor;
  // As the source was made, whatever it is.
  const { seed: _, ...model } = trained.config;
  const adapt = { ...experiment(3, images), model };
  const adapted = await train('the vase, from that network', adapt, { scene, initFrom: trained });
  const random = await train('the vase, from random weights', adapt, { scene });
  for (const { reconstructor } of [adapted, random]) reconstructor.dispose();
  if (!source) trained.dispose();
  const r2Of = ({ state }) => state.history.at(-1).val_r2;
  return { adapted: r2Of(adapted), random: r2Of(random), images: 3 * images };
}
