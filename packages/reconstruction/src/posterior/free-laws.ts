import type { ImageLimits, Invariance, ParameterRange } from '@kanrecon/identifiability';
import type { Scene } from '@kanrecon/scene';
import type { Bounds } from '../refine/bounds.js';

/** The ranges within which parameters are sought, in units. */
export function rangesWithin({ surface }: Pick<Scene, 'surface'>, { shape }: Pick<Bounds, 'shape'>): ParameterRange[] {
  return surface.parameters.map(({ min, max }, i) => {
    const [low, high] = shape[i]!;
    return { min: min + (max - min) * low, max: min + (max - min) * high };
  });
}

/** The directions without a trace that are left: a law that would move a known value is none any more. */
export function freeLaws(
  { invariances }: Pick<ImageLimits, 'invariances'>,
  ranges: readonly ParameterRange[],
): Invariance[] {
  return invariances.filter(({ terms }) => terms.every(({ index }) => ranges[index]!.max > ranges[index]!.min));
}
