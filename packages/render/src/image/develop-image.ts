import { checkOptions } from '@kanrecon/geometry';
import { checkImageOut, checkInteger, checkTriple } from '../checks.js';
import { renderDefaults } from '../render-options.js';
import type { Vector3 } from '../vector3.js';
import { finishImage } from './finish-image.js';
import type { Rendering } from './rendering.js';
import { agxCurve } from './tone-curve.js';

/** Options of {@link developImage}. */
export interface DevelopImageOptions {
  /** Width and height in pixels. */
  readonly size: number;
  /** Colour behind the object, bytes; the study's grey (197, 197, 197) when left out. */
  readonly background?: Vector3;
  /** Receives the image: a Uint8Array of 3 · size². A new one when left out. */
  readonly out?: Uint8Array;
}

/**
 * Makes an image of linear light, such as another renderer has measured it: laid over the background and developed with the same
 * tone curve (a fit to Blender's AgX) as this package's own pictures.
 *
 * @param light linear red, green, blue times coverage, and coverage in [0, 1]; row-major from the top left, 4 · size² numbers
 * @throws if the length does not fit the size, a number is not finite, or an option is out of range
 */
export function developImage(light: ArrayLike<number>, options: DevelopImageOptions): Rendering {
  checkOptions('developImage', options, { size: 1, background: 1, out: 1 });
  const { size, background = renderDefaults.background, out } = options;
  checkInteger('developImage', 'size', size, 1, 8192);
  checkTriple('developImage', 'background', background, 0, 255);
  const pixels = size * size;
  if (light.length !== 4 * pixels) {
    throw new Error(
      `developImage: light has the wrong length; expected 4 · size² = ${4 * pixels}, got ${light.length}`,
    );
  }
  checkImageOut('developImage', out, size);
  const curve = agxCurve();
  const m = curve.matrix;
  const film = new Float32Array(4 * pixels);
  for (let k = 0; k < film.length; k += 4) {
    const [r, g, b] = [light[k], light[k + 1], light[k + 2]];
    if (!Number.isFinite(r + g + b + light[k + 3])) {
      throw new Error(`developImage: light must be finite; pixel ${k / 4} has ${r}, ${g}, ${b}, ${light[k + 3]}`);
    }
    film[k] = m[0] * r + m[1] * g + m[2] * b;
    film[k + 1] = m[3] * r + m[4] * g + m[5] * b;
    film[k + 2] = m[6] * r + m[7] * g + m[8] * b;
    film[k + 3] = Math.min(Math.max(light[k + 3], 0), 1);
  }
  const layer = { light: film, near: new Float32Array(0) };
  return finishImage([{ layer, opacity: 1 }], size, curve, background, false, out);
}
