import type { Vector3 } from '@kanrecon/render';
import type { DrawnView } from '@kanrecon/scene';
import type { ShapePosterior } from '../posterior/shape-posterior.js';
import type { Misfit } from './misfit.js';

/** What `refine` found. */
export interface Refinement extends ShapePosterior {
  /** Whether the rendering explains the image; where it does not, nothing here is to be trusted. */
  readonly found: boolean;
  /** The best shape by name, in units, inside the ranges: the posterior's peak. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The same scaled to [0, 1], in the surface's order. */
  readonly normalized: Float64Array;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  readonly misfit: Misfit;
  readonly renderings: number;
}
