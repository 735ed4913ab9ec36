import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import type { Requests, Sample } from '../protocol.js';

/** Width and height of a sample in pixels: what a scene's intervals were measured on. */
const size = 128;

/** Images of shipped scenes, each from its seed. */
export async function drawSamples(wanted: Requests['samples']['input']): Promise<readonly Sample[]> {
  return wanted.map(({ scene: name, seed }) => {
    const scene = sceneByName(name);
    const { image } = renderView(scene, drawShape(scene, seed, 0), drawView(scene, seed, 0, 0), { size });
    return { scene: name, seed, picture: { ...image, data: Uint8Array.from(image.data) } };
  });
}
