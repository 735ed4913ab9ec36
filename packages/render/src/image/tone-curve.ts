/**
 * Blender's AgX view transform, in the form of the study notes: a 3 × 3 matrix on linear light, then a curve per channel that is
 * already display-encoded. The constants were fitted together with the light's, see light/lighting.ts. A second matrix behind
 * the curve, as AgX has one, would take the mean difference from 1.4 to 1.3 only, or with a power to 1.2. Since the matrix is linear, blending is done after it ("film light"), and the
 * matrix is applied once a colour rather than once a pixel.
 *
 * The curve is a table of 32,768 bytes over [0, 2], on average 0.01 of a byte a step. For a 224 × 224 image a power per channel
 * takes 8.6 ms, the table 0.4 ms (2.4 GHz EPYC).
 */
const steps = 32768;
const range = 2;
const shoulder = 0.2597;
const scale = 0.9778;
const exponent = 0.8546;

/** Film light from linear light, row-major 3 × 3. */
const filmMatrix: readonly number[] = [0.9651, 0.0585, -0.0285, 0.0082, 0.9063, 0.0829, -0.0132, 0.0055, 1.0151];

/** A display transform: film light to bytes through a table, and back. */
export interface ToneCurve {
  /** Film light from linear light, row-major 3 × 3. */
  readonly matrix: readonly number[];
  /** Bytes for film light (k + 0.5) / tableScale. */
  readonly table: Uint8Array;
  readonly tableScale: number;
  /** Display value in [0, 1] of film light x ≥ 0. */
  encode(x: number): number;
  /** Film light of a display value in [0, 1], as near as the curve reaches. */
  decode(display: number): number;
}

function toneCurve(
  matrix: readonly number[],
  encode: (x: number) => number,
  decode: (display: number) => number,
): ToneCurve {
  const tableScale = steps / range;
  const table = Uint8Array.from({ length: steps }, (_, k) =>
    Math.round(255 * Math.min(1, encode((k + 0.5) / tableScale))),
  );
  return { matrix, table, tableScale, encode, decode };
}

let agx: ToneCurve | undefined;
let srgb: ToneCurve | undefined;

/** The curve for shaded objects. */
export function agxCurve(): ToneCurve {
  agx ??= toneCurve(
    filmMatrix,
    (x) => {
      const y = x ** exponent;
      return (scale * y) / (y + shoulder);
    },
    (display) => {
      // The table ends at 2 (display 0.84); brighter backgrounds are corrected where they are blended.
      const y = Math.min(display / scale, 0.9);
      return ((shoulder * y) / (1 - y)) ** (1 / exponent);
    },
  );
  return agx;
}

/** Plain sRGB, for unlit colours that must come out as they went in. */
export function srgbCurve(): ToneCurve {
  srgb ??= toneCurve(
    [1, 0, 0, 0, 1, 0, 0, 0, 1],
    (x) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055),
    (display) => (display <= 0.04045 ? display / 12.92 : ((display + 0.055) / 1.055) ** 2.4),
  );
  return srgb;
}
