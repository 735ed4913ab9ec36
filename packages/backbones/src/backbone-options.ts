import { checkOptions } from './check-options.js';
/** Options that every backbone of this package takes. */
export interface BackboneOptions {
  /**
   * Height and width of the images in pixels: one number for square images, or `[height, width]`. `null` leaves a side
   * open, so that one model takes images of any size. Default 224.
   */
  imageSize?: number | null | readonly [height: number | null, width: number | null];
  /** Channels of the input. Default 3. */
  channels?: number;
  /**
   * Seed of the initial weights, an integer. The same seed gives the same weights, whatever else is built before or
   * after. Default 0.
   */
  seed?: number;
  /** Name of the model. Default: the backbone's name. */
  name?: string;
}

/** {@link BackboneOptions} checked and with every default filled in. */
export interface ResolvedBackboneOptions {
  height: number | null;
  width: number | null;
  channels: number;
  seed: number;
  name: string;
}

const DEFAULTS = { imageSize: 224, channels: 3, seed: 0 } as const;

/**
 * Checks the options and fills in the defaults.
 *
 * @param caller The public function's name, for error messages; also the model's default name.
 * @param minImageSize The smallest side, in pixels, that the network can reduce.
 * @throws RangeError for a size, channel number or seed that is not usable.
 */
export function resolveBackboneOptions(
  caller: string,
  minImageSize: number,
  options: BackboneOptions,
): ResolvedBackboneOptions {
  checkOptions(caller, options, { ...DEFAULTS, name: caller });
  const { imageSize = DEFAULTS.imageSize, channels = DEFAULTS.channels, seed = DEFAULTS.seed, name = caller } = options;
  const [height, width] = Array.isArray(imageSize) ? imageSize : [imageSize, imageSize];
  for (const side of [height, width]) {
    if (side !== null && !(Number.isInteger(side) && side >= minImageSize)) {
      throw new RangeError(
        `${caller}: imageSize is too small or not an integer; expected at least ${minImageSize} or null, got ${side}`,
      );
    }
  }
  if (!(Number.isInteger(channels) && channels >= 1)) {
    throw new RangeError(`${caller}: channels is not usable; expected a positive integer, got ${channels}`);
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`${caller}: seed is not usable; expected an integer, got ${seed}`);
  }
  return { height, width, channels, seed, name };
}
