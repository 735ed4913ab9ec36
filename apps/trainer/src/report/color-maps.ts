/** A colour map: a number in [0, 1] to red, green and blue in [0, 1], display-encoded. */
export type ColorMap = (value: number) => [number, number, number];

/** Black-body colours: clear over the dark and the light parts of a photo alike. */
export const heat: ColorMap = (value) => {
  const v = Math.min(1, Math.max(0, value));
  return [Math.min(1, 2.5 * v), Math.min(1, Math.max(0, 2.5 * v - 0.9)), Math.min(1, Math.max(0, 4 * v - 3))];
};

/** sRGB's display encoding undone. */
export function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The map as stops of a CSS gradient. */
export function cssGradient(map: ColorMap, stops = 12): string {
  const colors = Array.from({ length: stops + 1 }, (_, i) => {
    const bytes = map(i / stops).map((value) => Math.round(255 * value));
    return `rgb(${bytes.join(' ')})`;
  });
  return `linear-gradient(to right, ${colors.join(', ')})`;
}
