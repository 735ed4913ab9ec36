// Steps of the quantisation at quality 50, row by row (annex K.1).
const lumaTable = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const chromaTable = [
  17,
  18,
  24,
  47,
  99,
  99,
  99,
  99,
  18,
  21,
  26,
  66,
  99,
  99,
  99,
  99,
  24,
  26,
  56,
  99,
  99,
  99,
  99,
  99,
  47,
  66,
  99,
  99,
  99,
  99,
  99,
  99,
  ...new Array<number>(32).fill(99),
];

/** Steps of the quantisation, 64 each, by frequency: down, then across. */
export interface JpegSteps {
  readonly luma: readonly number[];
  readonly chroma: readonly number[];
}

/** The steps that JPEG of a quality quantises frequencies to: the tables of annex K of ITU-T T.81, scaled as libjpeg does. @param quality 1 to 100 */
export function jpegSteps(quality: number): JpegSteps {
  if (!(quality >= 1 && quality <= 100)) {
    throw new Error(`jpegSteps: the quality is wrong; expected 1 to 100, got ${quality}`);
  }
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  const scaled = (table: readonly number[]) =>
    table.map((step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))));
  return { luma: scaled(lumaTable), chroma: scaled(chromaTable) };
}
