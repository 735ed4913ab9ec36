import { createReconstructor } from '@kanrecon/model';
import { sceneByName } from '@kanrecon/scene';
import { type Reconstruction, reconstruct } from '../src/index.js';

/** A coloured disc on a shaded ground with a transparent corner, 90 × 60 RGBA: whole numbers only, so alike in every engine. */
export function discImage(): { width: number; height: number; data: Uint8Array } {
  const [width, height] = [90, 60];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (x - 44) ** 2 + (y - 31) ** 2 < 23 ** 2;
      const color = inside ? [40 + 2 * x, 160 - y, 60 + ((x * y) >> 6)] : [190, 197, 180 + (x >> 2)];
      data.set([...color, x + y < 20 ? 0 : 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

export const study = sceneByName('study');

/** The smallest network there is, untrained: its weights depend on the seed alone. */
export const smallNetwork = () =>
  createReconstructor({
    targets: study.surface.parameters,
    backbone: 'smallCnn',
    imageSize: 32,
    head: { type: 'mlp', widths: [8], dropout: 0 },
    seed: 3,
  });
export const small = { scene: study, meshSteps: { uSteps: 12, vSteps: 6 }, renderingSize: 48 } as const;

/** From {@link discImage} to everything, with {@link smallNetwork}. */
export async function reconstructDisc(): Promise<Reconstruction> {
  const network = smallNetwork();
  try {
    return await reconstruct(discImage(), network, small);
  } finally {
    network.dispose();
  }
}
