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
  /** Rate in [0, 1) at which features are dropped in training, as before torchvision's classifiers. Default 0: no such layer. */
  dropout?: number;
  /**
   * Probability in [0, 1) with which an image goes past the last residual block in training, and past the others by how deep they are
   * (stochastic depth, arXiv:1603.09382; torchvision trains EfficientNets with 0.2). Of EfficientNets and MobileNets only, others have
   * no such blocks. Default 0: no such layers.
   */
  stochasticDepth?: number;
  /**
   * What batch norms add to a variance. Default what the network was published with: 1e-5, or 1e-3 for torchvision's MobileNetV3,
   * whose weights from timm need 1e-5. Not of SqueezeNets, which have no norms.
   */
  batchNormEpsilon?: number;
}

/** {@link BackboneOptions} checked and with every default filled in. */
export interface ResolvedBackboneOptions {
  height: number | null;
  width: number | null;
  channels: number;
  seed: number;
  name: string;
  dropout: number;
  stochasticDepth: number;
  /** Undefined for the network's own. */
  batchNormEpsilon: number | undefined;
}

/** What a network has for options to act on. */
export interface BackboneParts {
  /** Residual blocks. Default false. */
  readonly residual?: boolean;
  /** Batch norms. Default true. */
  readonly norms?: boolean;
}

const DEFAULTS = { imageSize: 224, channels: 3, seed: 0, dropout: 0, stochasticDepth: 0 } as const;

/**
 * Checks the options and fills in the defaults.
 *
 * @param caller The public function's name, for error messages; also the model's default name.
 * @param minImageSize The smallest side, in pixels, that the network can reduce.
 * @param parts What the network has; an option that would do nothing is refused.
 * @throws RangeError for a size, channel number or seed that is not usable.
 */
export function resolveBackboneOptions(
  caller: string,
  minImageSize: number,
  options: BackboneOptions,
  { residual = false, norms = true }: BackboneParts = {},
): ResolvedBackboneOptions {
  checkOptions(caller, options, { ...DEFAULTS, name: caller, batchNormEpsilon: 0 });
  const { imageSize = DEFAULTS.imageSize, channels = DEFAULTS.channels, seed = DEFAULTS.seed, name = caller } = options;
  const { dropout = DEFAULTS.dropout, stochasticDepth = DEFAULTS.stochasticDepth, batchNormEpsilon } = options;
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
  for (const [option, rate] of Object.entries({ dropout, stochasticDepth })) {
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(`${caller}: ${option} is not usable; expected a number in [0, 1), got ${rate}`);
    }
  }
  if (stochasticDepth > 0 && !residual) {
    throw new RangeError(
      `${caller}: stochasticDepth is of networks with residual blocks; expected none, got ${stochasticDepth}`,
    );
  }
  if (batchNormEpsilon !== undefined) {
    if (!norms) throw new RangeError(`${caller}: batchNormEpsilon is of networks with batch norms; expected none`);
    if (!(batchNormEpsilon > 0 && batchNormEpsilon < 1)) {
      throw new RangeError(
        `${caller}: batchNormEpsilon is not usable; expected a number in (0, 1), got ${batchNormEpsilon}`,
      );
    }
  }
  return { height, width, channels, seed, name, dropout, stochasticDepth, batchNormEpsilon };
}
