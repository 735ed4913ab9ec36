/** Lightness, hue in degrees and chroma of the map's ends in OKLab; the chroma is the same all the way, the largest that sRGB has there. */
const lightness = [0.3, 0.92] as const;
const hue = [310, 110] as const;
const chroma = 0.105;

/**
 * A colour map for the eye, from dark violet over blue and green to light yellow: equal steps of the value are equal steps of colour, and
 * brighter is always more, in grey and to most of those who cannot tell red from green. (jet has neither: it shows edges where there are
 * none, and its middle is brighter than both ends.) Computed, a straight spiral in OKLab (Björn Ottosson, 2020), so there is no table.
 *
 * @param t 0 to 1; beyond, the ends' colours; NaN is grey
 * @returns display-encoded red, green, blue in [0, 1]
 */
export function perceptual(t: number): [number, number, number] {
  if (Number.isNaN(t)) return [0.5, 0.5, 0.5];
  const x = Math.min(Math.max(t, 0), 1);
  const between = ([from, to]: readonly [number, number]) => from + (to - from) * x;
  const L = between(lightness);
  const angle = (between(hue) * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  // OKLab to linear sRGB, with its author's constants.
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** sRGB's display encoding. */
function encode(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}
