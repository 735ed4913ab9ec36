import type { Guess } from './guess.js';
import type { GuessImage, GuessRenderer } from './guess-renderer.js';

/** What a guess is compared with, at one coarseness. */
export interface Level {
  readonly size: number;
  /** Radius of the blur, see `softenImage`; the target is blurred already. */
  readonly blur: number;
  /** [size, size, 3]; or what `look` makes of that. */
  readonly target: Float32Array;
  /** What of a softened picture is compared where that is not its pixels; linear but for a constant. */
  readonly look?: (pixels: Float32Array) => Float32Array;
  /** By value of the target, where `look` is given: values of different groups are off independently of each other. */
  readonly groups?: Uint16Array;
  /** By value of the target: 1 / variance of what is expected between it and the right rendering. */
  readonly weights: Float32Array;
  /** Standard deviation of the noise that was found in what a fit left, by value, of 255; see `withResidualNoise`. */
  readonly noise?: Float32Array;
  /** The cost that the image's noise makes by itself. */
  readonly expected: number;
  /** Standard deviations from which on a difference counts less and less (Cauchy's loss). */
  readonly outlier: number;
  /** Step of the differences that derivatives are taken from, in the directions' units. */
  readonly step: number;
  /** Whether differences are taken to both sides, at twice the renderings. */
  readonly central: boolean;
  /** Most iterations. */
  readonly iterations: number;
  /** An iteration that takes off less than this share of what is left is the last. */
  readonly gain: number;
}

/** A guess that was compared with a level's target. */
export interface Fitted {
  readonly guess: Guess;
  readonly image: GuessImage;
  /** Mean over the values of Cauchy's loss of what is left, in units of its variance; half of it would be a likelihood's logarithm. */
  readonly cost: number;
  /** JᵀWJ over the number of values, near there: what directions show, from the last step that led there; see `imageSlopes`. */
  readonly information?: Float64Array;
}

/** Cauchy's loss, mean over the values. */
export function levelCost({ target, weights, outlier }: Level, pixels: Float32Array): number {
  const square = outlier * outlier;
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) {
    const r = pixels[i]! - target[i]!;
    sum += Math.log1p((r * r * weights[i]!) / square);
  }
  return (square * sum) / pixels.length;
}

/** A guess, drawn as a level looks at it. @returns undefined where there is no such object */
export function drawGuess(
  renderer: GuessRenderer,
  { size, blur, look }: Pick<Level, 'size' | 'blur' | 'look'>,
  guess: Guess,
): GuessImage | undefined {
  const image = renderer.draw(guess, size, blur);
  return image && look ? { ...image, pixels: look(image.pixels) } : image;
}

/** A guess, drawn and compared. @returns undefined where there is no such object */
export function compareGuess(renderer: GuessRenderer, level: Level, guess: Guess): Fitted | undefined {
  const image = drawGuess(renderer, level, guess);
  return image && { guess, image, cost: levelCost(level, image.pixels) };
}

/** A fit with what another says of what directions show, where it says so. */
export function carryInformation(fitted: Fitted, from: Fitted | undefined): Fitted {
  return from?.information ? { ...fitted, information: from.information } : fitted;
}
