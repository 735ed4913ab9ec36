import type { ParametricSurface, SurfaceDomain } from '@kanrecon/geometry';
import type { Scratch } from '../scratch.js';
import { probeSteps } from './probe-surface.js';

/** Surface coordinates of a grid's columns, one list a part, and of its rows. */
export interface Grid {
  us: Float64Array[];
  vs: Float64Array;
}

/** What the image asks of a grid. */
export interface GridDemands {
  /** Width of a pixel at the object, in its units. */
  pixel: number;
  /** Whether (u, v) must be right within triangles too, for a pattern. */
  painted: boolean;
  /** Fixed numbers of steps, evenly spread. */
  uSteps?: number | undefined;
  vSteps?: number | undefined;
}

/** Greatest distance of a triangle's edge from the surface, in pixels, before vertices are moved to share it out. */
const tolerancePixels = 0.15;

/** Greatest turn of the surface along one step, in radians: smooth shading interpolates the normals. */
const turn = (14 * Math.PI) / 180;

const leastSteps = 6;
const mostSteps = 512;

/** A step is at most this many times as long as one of average length. */
const longest = 3;

/**
 * Chooses columns and rows of a grid: as many as its curvature needs in the image, closer together where it curves more.
 *
 * An edge from P(u) to P(u + h) leaves the surface by |P''·n| h²/8 (n the normal), and turns by |P''·n| h/|P'|; steps shorter than
 * a pixel are no use. The needed density is integrated along u (and v), its maximum taken across, and cut into equal parts.
 *
 * @param probes (probeSteps + 1)² points a part, see `probeSurface`
 */
export function chooseGrid(
  surface: ParametricSurface,
  domain: SurfaceDomain,
  probes: Float64Array,
  { pixel, painted, uSteps, vSteps }: GridDemands,
  scratch: Scratch,
): Grid {
  const { parts = 1, closedU, closedV } = surface;
  const { uMin, uMax, vMin, vMax } = domain;
  const row = probeSteps + 1;
  const alongU = scratch.float64('densityU', row).fill(0, 0, row);
  const alongV = scratch.float64('densityV', row).fill(0, 0, row);
  const slack = painted ? 3 : 12;
  // Densities in steps over the whole range: derivatives count one range as 1.
  const chord = Math.sqrt(1 / (8 * tolerancePixels * pixel));
  const density = (curving: number, whole: number, speed: number) => {
    const bend = Math.max(Math.abs(curving), whole / slack);
    return Math.min(
      Math.max(chord * Math.sqrt(bend), speed > 0 ? Math.abs(curving) / (speed * turn) : 0),
      speed / pixel,
    );
  };
  for (let part = 0; part < parts; part++) {
    for (let i = 0; i < row; i++) {
      const [before, here, after] = neighbours(i, closedU);
      for (let j = 0; j < row; j++) {
        const [below, middle, above] = neighbours(j, closedV);
        const at = (a: number, b: number) => 3 * ((part * row + a) * row + b);
        const c = at(here, middle);
        const [w, e, s, n] = [at(before, middle), at(after, middle), at(here, below), at(here, above)];
        const scale = probeSteps / 2;
        const tux = (probes[e] - probes[w]) * scale;
        const tuy = (probes[e + 1] - probes[w + 1]) * scale;
        const tuz = (probes[e + 2] - probes[w + 2]) * scale;
        const tvx = (probes[n] - probes[s]) * scale;
        const tvy = (probes[n + 1] - probes[s + 1]) * scale;
        const tvz = (probes[n + 2] - probes[s + 2]) * scale;
        const nx = tuy * tvz - tuz * tvy;
        const ny = tuz * tvx - tux * tvz;
        const nz = tux * tvy - tuy * tvx;
        const length = Math.sqrt(nx * nx + ny * ny + nz * nz);
        const speedU = Math.sqrt(tux * tux + tuy * tuy + tuz * tuz);
        const speedV = Math.sqrt(tvx * tvx + tvy * tvy + tvz * tvz);
        if (!(length > 1e-9 * (speedU * speedU + speedV * speedV))) continue;
        const square = probeSteps * probeSteps;
        const uux = (probes[e] + probes[w] - 2 * probes[c]) * square;
        const uuy = (probes[e + 1] + probes[w + 1] - 2 * probes[c + 1]) * square;
        const uuz = (probes[e + 2] + probes[w + 2] - 2 * probes[c + 2]) * square;
        const vvx = (probes[n] + probes[s] - 2 * probes[c]) * square;
        const vvy = (probes[n + 1] + probes[s + 1] - 2 * probes[c + 1]) * square;
        const vvz = (probes[n + 2] + probes[s + 2] - 2 * probes[c + 2]) * square;
        const bendU = (uux * nx + uuy * ny + uuz * nz) / length;
        const bendV = (vvx * nx + vvy * ny + vvz * nz) / length;
        const wholeU = Math.sqrt(uux * uux + uuy * uuy + uuz * uuz);
        const wholeV = Math.sqrt(vvx * vvx + vvy * vvy + vvz * vvz);
        alongU[i] = Math.max(alongU[i], density(bendU, wholeU, speedU));
        alongV[j] = Math.max(alongV[j], density(bendV, wholeV, speedV));
      }
    }
  }
  const shares = cut(alongU, uSteps, closedU ? 3 : 1);
  const width = (uMax - uMin) / parts;
  return {
    us: Array.from({ length: parts }, (_, part) => shares.map((share) => uMin + (part + share) * width)),
    vs: cut(alongV, vSteps, closedV ? 3 : 1).map((share) => vMin + share * (vMax - vMin)),
  };
}

/** Indices of a probe and its neighbours; at an open end those of the probe next to it. */
function neighbours(k: number, closed: boolean): [number, number, number] {
  if (!closed) {
    const inner = Math.min(Math.max(k, 1), probeSteps - 1);
    return [inner - 1, inner, inner + 1];
  }
  const here = k % probeSteps;
  return [(here + probeSteps - 1) % probeSteps, here, here + 1];
}

/** Cuts [0, 1] into steps of equal integrated density, or into `steps` even ones. */
function cut(density: Float64Array, steps: number | undefined, least: number): Float64Array {
  if (steps !== undefined) return Float64Array.from({ length: steps + 1 }, (_, k) => k / steps);
  let sum = 0;
  for (let k = 0; k < probeSteps; k++) sum += (density[k] + density[k + 1]) / (2 * probeSteps);
  const floor = Math.max(sum / longest, Math.max(leastSteps, least));
  const cumulative = new Float64Array(probeSteps + 1);
  for (let k = 0; k < probeSteps; k++) {
    cumulative[k + 1] =
      cumulative[k] + (Math.max(density[k], floor) + Math.max(density[k + 1], floor)) / (2 * probeSteps);
  }
  const total = cumulative[probeSteps];
  const count = Math.min(Math.ceil(total), mostSteps);
  const shares = new Float64Array(count + 1);
  for (let k = 1, probe = 0; k < count; k++) {
    const wanted = (total * k) / count;
    while (cumulative[probe + 1] < wanted) probe++;
    const within = (wanted - cumulative[probe]) / (cumulative[probe + 1] - cumulative[probe]);
    shares[k] = (probe + within) / probeSteps;
  }
  shares[count] = 1;
  return shares;
}
