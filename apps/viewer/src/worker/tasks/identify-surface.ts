import { identifiability } from '@kanrecon/identifiability';
import { identifyFigure } from '@kanrecon/identifiability/figure';
import type { RgbImage } from '@kanrecon/render';
import { loadScene } from '@kanrecon/scene';
import type { Identified } from '../findings.js';
import type { Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

/** What images of a scene tell of its parameters, as `kanrecon identify` finds and draws it. */
export async function identifySurface(
  json: Requests['identify']['input'],
  { signal, tell }: TaskContext<Requests['identify']['event']>,
): Promise<Identified> {
  const scene = await loadScene(json);
  const found = await identifiability(scene, { signal, onProgress: (done, total) => tell({ done, total }) });
  const svg = await identifyFigure(scene, found, { encodePng });
  const { parameters, summary, draws, size } = found;
  return {
    svg,
    summary,
    verdicts: parameters.map(({ name, verdict, smallestSeenChange }) => {
      return { name, verdict, seenShare: smallestSeenChange.medianShare };
    }),
    draws,
    size,
  };
}

async function encodePng({ width, height, data }: RgbImage): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const pixels = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.data.set(data.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    pixels.data[4 * pixel + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
