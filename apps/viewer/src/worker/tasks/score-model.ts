import { denormalizeParameters, normalizeParameters } from '@kanrecon/geometry';
import { networkColumns } from '@kanrecon/reconstruction';
import { drawShape, drawView, renderView, sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import { cardLimits, scorePredictions, takeColumns } from '@kanrecon/training';
import { scoreIntervals } from '@kanrecon/training/report';
import { loadNetwork } from '../load-networks.js';
import type { Requests } from '../protocol.js';
import { takeTurn } from '../take-turn.js';
import type { TaskContext } from '../task-context.js';

/** Images that a network answers at once. */
const batch = 8;

/**
 * Scores a network on new images of its scene, as `kanrecon evaluate` scores it on a data set's: shape by shape, one view of each, drawn in
 * the size that the network sees.
 */
export async function scoreModel(
  { model, images, seed }: Requests['score']['input'],
  { signal, tell }: TaskContext<Requests['score']['event']>,
): Promise<Requests['score']['output']> {
  const { reconstructor, scene } = await loadNetwork(model);
  const { surface } = scene;
  const { parameters } = surface;
  const width = parameters.length;
  const columns = networkColumns(reconstructor, scene);
  const { imageSize } = reconstructor.config;
  const limits = await cardLimits(reconstructor.card, scene, { signal });
  const invisible = new Set(limits.invisible);
  const visible = parameters.map(({ name }) => name).filter((name) => !invisible.has(name));
  const real: Readonly<Record<string, number>>[] = [];
  const targets = new Float32Array(images * width);
  const found = new Float32Array(images * width);
  const pixels = new Uint8Array(3 * imageSize ** 2 * batch);
  for (let from = 0; from < images; from += batch) {
    const count = Math.min(batch, images - from);
    for (let i = 0; i < count; i++) {
      const shape = drawShape(scene, seed, from + i);
      const { image } = renderView(scene, shape, drawView(scene, seed, from + i, 0), { size: imageSize });
      pixels.set(reconstructor.fit(image), i * 3 * imageSize ** 2);
      real.push(shape.parameters);
      const values = parameters.map(({ name }) => shape.parameters[name]!);
      targets.set(normalizeParameters(surface, values), (from + i) * width);
      await takeTurn(signal);
    }
    const { mean } = await reconstructor.predictBatchWithSpread(pixels.subarray(0, count * 3 * imageSize ** 2));
    found.set(takeColumns(mean, reconstructor.targets.length, columns), from * width);
    tell({ done: from + count, total: images });
  }
  const names = parameters.map(({ name }) => name);
  const shapes = Array.from({ length: images }, (_, i) => i);
  const intervals = scoreIntervals(names, shapes, targets, found, visible);
  const { best, invariances, unexplained, undecided, summary } = limits;
  const predictions = real.map((of, i) => {
    const own = found.subarray(i * width, (i + 1) * width);
    const mse = own.reduce((sum, value, j) => sum + (value - targets[i * width + j]!) ** 2, 0) / width;
    return {
      ...{ image: `image ${i}`, shape: i, view: 0, mse, rmse: Math.sqrt(mse) },
      real: { ...of },
      predicted: denormalizeParameters(surface, own),
    };
  });
  return {
    scene: JSON.stringify(sceneToJson(sceneWithOwnRanges(scene))),
    told: {
      ...{ name: reconstructor.name, checkpoint: null, images, surface: surface.name, scene: scene.name },
      scores: scorePredictions(parameters, targets, found, visible, limits.combinations),
      ...(intervals && { intervals }),
      bestPossible: best,
      limits: {
        invisible: [...limits.invisible],
        invariances: [...invariances],
        unexplained,
        undecided,
        summary: [...summary],
      },
    },
    predictions: predictions.sort((a, b) => a.mse - b.mse),
    parameters: parameters.map(({ name, unit, min, max }) => ({ name, unit, min, max })),
  };
}
