import { drawShape, drawView, renderView, type Scene, sceneByName } from '@kanrecon/scene';
import type { Picture } from '../../image/picture.js';
import { loadNetwork } from '../load-networks.js';
import type { Requests, Sample } from '../protocol.js';

/** Width and height of a sample in pixels: what a scene's intervals were measured on. */
const size = 128;

/** Images of shipped scenes, each from its seed. */
export async function drawSamples(wanted: Requests['samples']['input']): Promise<readonly Sample[]> {
  return wanted.map(({ scene, seed }) => ({ scene, seed, picture: draw(sceneByName(scene), seed) }));
}

/** An image such as a model was trained on. */
export async function drawFor({ model, seed, shape }: Requests['drawFor']['input']): Promise<Picture> {
  return draw((await loadNetwork(model)).scene, seed, shape);
}

function draw(scene: Scene, seed: number, shape = 0): Picture {
  const { image } = renderView(scene, drawShape(scene, seed, shape), drawView(scene, seed, shape, 0), { size });
  return { ...image, data: Uint8Array.from(image.data) };
}
