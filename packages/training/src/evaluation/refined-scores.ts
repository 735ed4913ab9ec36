import type { WidthGroup } from '@kanrecon/metrics';
import type { CoverageScores } from './score-coverage.js';
import type { PredictionScores } from './score-predictions.js';

/** How far cameras are off, up to what such images show, in degrees. */
export interface CameraErrors {
  readonly medianDegrees: number;
  /** 90 % of the images are no worse. */
  readonly p90Degrees: number;
}

/** How many truths the intervals of refinement hold, of one parameter or visible combination. */
export interface RefinedCoverage extends CoverageScores {
  /** Of the 90 % intervals in groups by width, narrow ones first; missing for fewer than thirty images. */
  readonly byWidth?: readonly WidthGroup[];
}

/** What refinement made of a network's answers: `refined` in evaluation.json. */
export interface RefinedScores {
  /** Images that were refined; all scores here are of these. */
  readonly images: number;
  /** Of these, images that the rendering explains. */
  readonly found: number;
  /** Renderings an image at most, about. */
  readonly budget: number;
  /** Mean renderings, and seconds of a thread, an image. */
  readonly renderings: number;
  readonly secondsPerImage: number;
  /** Names of the parameters and combinations that show whole, and the mean of their R² before and after. */
  readonly shown: {
    readonly names: readonly string[];
    readonly r2Network: number;
    readonly r2Refined: number;
    /** Of the images that were found; as `scoresFound`. */
    readonly r2Found?: number;
  };
  /** Before. */
  readonly network: PredictionScores;
  /** After, found or not: posterior means, also of the combinations. */
  readonly scores: PredictionScores;
  /** After, of the images that were found; missing where all or none are. */
  readonly scoresFound?: PredictionScores;
  /** Whether the intervals hold what they promise: by parameter, then by combination, in their units. */
  readonly coverage: readonly RefinedCoverage[];
  /** Of the camera; `network` of one that finds it. */
  readonly camera: { readonly network?: CameraErrors; readonly refined: CameraErrors; readonly found?: CameraErrors };
}
