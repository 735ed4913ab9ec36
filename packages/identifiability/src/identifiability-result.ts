import type { Invariance } from './invariance.js';
import type { VisibleCombination } from './visible-combinations.js';

/** How a parameter shows when it alone changes. */
export interface ParameterVisibility {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /**
   * `invisible`: it leaves no trace; `tied`: it shows, but something invisible, a law or a curve without a name, moves it together with
   * others; `undecided`: whether it can be told from others is not known, for the noise of the measurement or because the image stays the
   * same for a part of the way only; else `visible`: it shows, whatever the others do.
   */
  readonly verdict: 'visible' | 'tied' | 'invisible' | 'undecided';
  /** Largest change of any byte at any draw when it goes to the ends of its range and to places in between, in 1/255; only looked for as long as it may be invisible. */
  readonly largestChange: number;
  /**
   * Norm of the parameter's column of the Jacobian, the root of its entry on the diagonal of JᵀJ / bytes, as a mean over the draws:
   * RMS change of all bytes of the (softened) image, in 1/255, for a change of one range, if it went on as it begins.
   */
  readonly columnNorm: number;
  /** Smallest change of the parameter alone, up or down, that moves any pixel by 1/255. */
  readonly smallestChange: SmallestChange;
  /** The same for 8/255, which an eye can see. */
  readonly smallestSeenChange: SmallestChange;
}

/**
 * Over the draws; in the parameter's unit and as a share of its range. Changes up to the step of the central difference (at most
 * 4 % of the range) are the level divided by the image's largest slope; greater ones are measured: images are rendered at the step,
 * twice the step and so on to the ends of the range, with the camera fitted anew where it is fitted, and interpolated in between.
 * `null`: no change within the range moves a pixel so far, at the middle draw (`median`) or at one at least (`worst`); also for
 * parameters that leave no trace.
 */
export interface SmallestChange {
  readonly median: number | null;
  readonly worst: number | null;
  readonly medianShare: number | null;
  readonly worstShare: number | null;
}

/** A law and how it was checked. */
export interface CheckedInvariance extends Invariance {
  /** In words. */
  readonly text: string;
  /** Largest change of any byte at any draw, as far along the law as the ranges allow, in 1/255. */
  readonly largestChange: number;
  /** Median over the draws of how far that is: t from end to end, so factors up to e^(rate · span). */
  readonly span: number;
}

/** One draw's Jacobian: RMS change of all bytes, in 1/255, for a step of one range along each singular direction. */
export interface DrawSpectrum {
  /** In their units. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Ascending. */
  readonly singularValues: readonly number[];
  /** By singular value: what discretisation and curvature may have falsified. */
  readonly noise: readonly number[];
  /** Singular directions, one a row, in shares of the parameters' ranges. */
  readonly directions: readonly (readonly number[])[];
  /** Directions that leave no trace at this draw. */
  readonly invisibleDirections: number;
}

/** Directions that leave no trace at draws and have no name, followed as curves; see `followUnnamed`. */
export interface FollowedDirections {
  /** `invisible`: from every draw, images stay the same until a parameter is at an end of its range; else `undecided`. */
  readonly verdict: 'invisible' | 'undecided';
  readonly directions: number;
  /** Names of the parameters that move along them. */
  readonly parameters: readonly string[];
  /** From how many draws they were followed. */
  readonly objects: number;
  /** Largest change of any byte of the softened image (see `followCurve`), in 1/255. */
  readonly largestChange: number;
}

/** What images tell of their parameters. */
export interface ImageAnalysis {
  readonly parameters: readonly ParameterVisibility[];
  /** Names of the parameters that leave no trace. */
  readonly invisible: readonly string[];
  /** Combinations that leave no trace. */
  readonly invariances: readonly CheckedInvariance[];
  /** What shows of the parameters in the invariances; empty where something is undecided. */
  readonly combinations: readonly VisibleCombination[];
  /** Directions that leave no trace, followed as curves to the ends of the ranges, but that no law explains: usually 0. */
  readonly unexplained: number;
  /**
   * Directions of which it is not known whether they show, nor are the best possible scores of the parameters in them: they cannot be told
   * from the noise of the measurement, or they leave no trace at the draws but do so further along.
   */
  readonly undecided: number;
  /** How `unexplained` directions, and of the `undecided` those that were not lost in noise, were checked. */
  readonly followed: readonly FollowedDirections[];
  readonly spectra: readonly DrawSpectrum[];
  /** The findings in sentences. */
  readonly summary: readonly string[];
}

/** What the images of a scene tell of the shape parameters; see `identifiability`. */
export interface Identifiability extends ImageAnalysis {
  readonly scene: string;
  readonly surface: string;
  readonly draws: number;
  readonly size: number;
  readonly samples: number;
  readonly seed: number;
  readonly tolerance: number;
  /** Settings to try where something is undecided, else `null`. */
  readonly finer: FinerSettings | null;
}

/** Settings that measure with less noise. */
export interface FinerSettings {
  readonly draws: number;
  readonly size: number;
  readonly samples: number;
}
