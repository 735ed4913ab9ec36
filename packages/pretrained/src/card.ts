/** A number that was measured on so many images, and where it lies with a probability of 95 %. */
export interface Measured {
  readonly value: number;
  /** By bootstrap over the images: other images of the scene would give a number between these. */
  readonly interval95: readonly [low: number, high: number];
}

/** What is to be known of a trained model before it is used: `card.json` beside its weights. */
export interface PretrainedCard {
  /** What {@link loadPretrained} takes. */
  readonly name: string;
  /** What its images show: the scene's name and its surface's. */
  readonly scene: string;
  readonly surface: string;
  /** The study's name for the network. */
  readonly network: string;
  /** Width and height that images are brought to, in pixels. */
  readonly imageSize: number;
  /** Numbers in the network, and bytes of its files. */
  readonly parameters: number;
  readonly bytes: number;
  /** How it was trained. */
  readonly training: {
    /** One of `kanrecon train --recipe`; `none` where every setting was given by itself. */
    readonly recipe: string;
    readonly seed: number;
    /** The epoch that is shipped, which had the lowest validation loss, and how many there were. */
    readonly epoch: number;
    readonly epochs: number;
    /** Training images up to that epoch, each as often as it was seen; with those of what it began from. */
    readonly images: number;
    /** Of all epochs' training steps, likewise. */
    readonly hours: number;
    readonly backend: string;
    /** The commands that train it again, a line each: one, or more where it began from another training. */
    readonly command: string;
  };
  /** How it does, in half precision, on fresh images that it was neither trained nor chosen nor calibrated with. */
  readonly scores: {
    readonly images: number;
    /** Of `drawShape` and `drawView`. */
    readonly seed: number;
    /** R², mean over the parameters that such images show. */
    readonly r2: Measured;
    /** The same of the best answer that there can be. */
    readonly bestR2: number | null;
    /** R² by parameter. */
    readonly perParameter: Readonly<Record<string, Measured>>;
    /** The median angle between the real camera's orientation and the found one, in degrees; null for a network that does not find it. */
    readonly cameraDegrees: Measured | null;
  };
  /** Whether intervals of a network that says how sure it is hold what they promise; null for one that does not. */
  readonly calibration: {
    /** Fresh images that the intervals were made wide enough with. */
    readonly images: number;
    /** The share of the real values of all parameters that intervals of 90 % hold, of the scores' images. */
    readonly held90: Measured;
  } | null;
  /**
   * What half precision costs on so many of the scores' images: the largest difference of an output, as a share of its range, and that of
   * R², to four digits.
   */
  readonly halfPrecision: {
    readonly images: number;
    readonly largestDifference: number;
    readonly r2Change: number;
  };
  /** What it cannot do, in sentences. */
  readonly limits: readonly string[];
}
