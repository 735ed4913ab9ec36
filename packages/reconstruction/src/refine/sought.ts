import type { RgbImage } from '@kanrecon/render';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Backdrop } from './backdrop.js';
import type { Bounds } from './bounds.js';
import type { StartKnowledge } from './draw-starts.js';
import type { stepFollower } from './follow-steps.js';
import type { FreeDirection } from './free-directions.js';
import type { GuessRenderer } from './guess-renderer.js';
import type { JpegFile } from './jpeg/jpeg-file.js';
import type { Fitted, Level } from './level.js';

/** What `findFit` looks for, and with what. */
export interface Sought {
  readonly target: RgbImage;
  readonly backdrop: Backdrop;
  /** Standard deviation of the image's noise, of 255. */
  readonly noise: number;
  /** The file that the image is of, pixel by pixel, where that is known. */
  readonly file: JpegFile | undefined;
  readonly knowledge: StartKnowledge;
  readonly directions: readonly FreeDirection[];
  readonly bounds: Bounds;
  readonly renderer: GuessRenderer;
  readonly random: RandomGenerator;
  /** Renderings. */
  readonly budget: number;
  readonly follow: ReturnType<typeof stepFollower>;
  /** Share unexplained by the best fit by squared error beyond which nothing else is tried. */
  readonly hopeless: number;
}

/** What was found. */
export interface Found {
  readonly fitted: Fitted;
  /** What was fitted on; where `told` says otherwise, the same in pixels. */
  readonly level: Level;
  /** The fit and what it was made on where that were no pixels. */
  readonly told?: { readonly fitted: Fitted; readonly level: Level };
  /** Whether what lies behind was taken from the image itself, see `localBackdrop`. */
  readonly carried?: boolean;
}
