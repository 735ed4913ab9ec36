import { deriveSeed } from '../network/derive-seed.js';
import type { Reconstructor } from '../network/reconstructor.js';

/** The standard Dropout layer hands its `seed` to every call: a fresh one each step gives fresh, repeatable masks. */
export function seedDropout({ config, model }: Reconstructor, step: number): void {
  model.layers.forEach((layer, index) => {
    const dropout = layer as unknown as { rate?: number; seed?: number };
    if (typeof dropout.rate === 'number') dropout.seed = deriveSeed(config.seed, index, step);
  });
}
