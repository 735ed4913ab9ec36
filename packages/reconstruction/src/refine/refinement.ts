import type { Vector3 } from '@kanrecon/render';
import type { DrawnView } from '@kanrecon/scene';
import type { ShapePosterior } from '../posterior/shape-posterior.js';
import type { Misfit } from './misfit.js';

/** What `refine` found. */
export interface Refinement extends ShapePosterior {
  /** Whether the rendering explains the image; where it does not, nothing here is to be trusted. */
  readonly found: boolean;
  /**
   * Whether the fit is as near to the image as the right one is to a rendering of the scene's own: beyond the noise it leaves less than .6
   * variances. Of 500 `fluted` images that a network read, 19 of the 382 that settled were more than a tenth of a range off in a parameter,
   * and 28 of the 118 others, which rest beside the best fit. Of a JPEG its frequencies decide. Of what another renderer or a camera made, hardly any fit settles.
   */
  readonly settled: boolean;
  /**
   * Whether the intervals hold what they say, on average over images that are made as those were that it was found on (see `calibration` of
   * {@link RefineOptions}). Of the built-in scenes' calibrations these are clean renderings, before the scene's own background, compared at their own
   * size: not so where pixels were left out of the fit as outliers (something covers the object), before a texture, or with noise. Otherwise they follow from how sharply the fit is determined alone, and may be half as wide as they should be, or
   * twice.
   */
  readonly calibrated: boolean;
  /** The best shape by name, in units, inside the ranges: the posterior's peak. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The same scaled to [0, 1], in the surface's order. */
  readonly normalized: Float64Array;
  readonly view: DrawnView;
  readonly baseColor: Vector3;
  readonly misfit: Misfit;
  readonly renderings: number;
}
