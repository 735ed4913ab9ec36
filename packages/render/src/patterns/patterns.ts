import type { SurfaceDomain } from '@kanrecon/geometry';
import type { Vector3 } from '../vector3.js';
import type { PatternName } from './pattern-name.js';
import type { SurfacePattern } from './surface-pattern.js';

/** Stripes around, and fields of the checker along v. */
const stripeCount = 8;

const third = (2 * Math.PI) / 3;

/** The base colour everywhere. */
const plain: SurfacePattern = {
  name: 'plain',
  smooth: true,
  color(_u, _v, baseColor, _domain, out) {
    out[0] = baseColor[0];
    out[1] = baseColor[1];
    out[2] = baseColor[2];
  },
};

/** Once around the colour circle along u: channel c is .5 + .42 · cos(2π · share of u − 2πc/3). The base colour is not used. */
const hueWheel: SurfacePattern = {
  name: 'hue-wheel',
  smooth: true,
  color(u, _v, _baseColor, { uMin, uMax }, out) {
    const angle = (2 * Math.PI * (u - uMin)) / (uMax - uMin);
    // cos(angle − third), cos(angle + third) from one sine and one cosine.
    const along = 0.42 * Math.cos(angle);
    const across = 0.42 * Math.sin(angle);
    out[0] = 0.5 + along;
    out[1] = 0.5 + along * cosThird + across * sinThird;
    out[2] = 0.5 + along * cosThird - across * sinThird;
  },
};
const cosThird = Math.cos(third);
const sinThird = Math.sin(third);

/** Eight stripes along u, in turn light and dark. */
const stripes: SurfacePattern = {
  name: 'stripes',
  color(u, _v, baseColor, domain, out) {
    lightOrDark(stripeAlongU(u, domain), baseColor, out);
  },
};

/** Eight by eight fields, in turn light and dark. */
const checker: SurfacePattern = {
  name: 'checker',
  color(u, v, baseColor, domain, out) {
    lightOrDark(stripeAlongU(u, domain) + field(v, domain.vMin, domain.vMax), baseColor, out);
  },
};

/** The built-in patterns by name. */
export const patterns: Readonly<Record<PatternName, SurfacePattern>> = {
  plain,
  'hue-wheel': hueWheel,
  stripes,
  checker,
};

function stripeAlongU(u: number, { uMin, uMax }: SurfaceDomain): number {
  return field(u, uMin, uMax);
}

/** Number of the stripe that `at` lies in; the range's end belongs to the last. */
function field(at: number, min: number, max: number): number {
  const share = ((at - min) / (max - min)) * stripeCount;
  return Math.min(Math.max(Math.floor(share), 0), stripeCount - 1);
}

/** Even fields half way from the base colour to white, odd ones a quarter of it: they differ whatever the base colour. */
function lightOrDark(index: number, baseColor: Vector3, out: Float64Array): void {
  const isLight = index % 2 === 0;
  for (let c = 0; c < 3; c++) out[c] = isLight ? 0.5 + 0.5 * baseColor[c] : 0.25 * baseColor[c];
}
