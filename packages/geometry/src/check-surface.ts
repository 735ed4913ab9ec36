import type { ParametricSurface } from './parametric-surface.js';

/** Where a surface is probed, as fractions of a range. */
const probes = [0, 0.137, 0.381, 0.618, 0.893, 1];
/** What may be seen as rounding, as a fraction of the surface's size. */
const tolerance = 1e-6;

/**
 * The surface, after a look at what it claims: sound parameters, a sound domain, finite points, and seams and poles that are there.
 * It is probed with its parameters at the least, middle and greatest of their ranges.
 *
 * @throws if something is not so
 */
export function checkSurface(surface: ParametricSurface, caller: string): ParametricSurface {
  const { name, parameters, parts = 1 } = surface;
  const fail = (what: string) => new Error(`${caller}: ${what}`);
  if (typeof name !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw fail(`the name is wrong; expected lower-case words joined by hyphens such as "my-vase", got ${show(name)}`);
  }
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const { name: key, min, max } = parameter;
    if (typeof key !== 'string' || !/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) {
      throw fail(`a parameter's name is wrong; expected letters, digits and underscores, got ${show(key)}`);
    }
    if (seen.has(key)) throw fail(`two parameters are named "${key}"; expected different names`);
    seen.add(key);
    if (!(Number.isFinite(min) && Number.isFinite(max) && min < max)) {
      throw fail(`the range of parameter "${key}" is wrong; expected min < max, got ${show(min)} to ${show(max)}`);
    }
  }
  if (!Number.isInteger(parts) || parts < 1 || (parts > 1 && !surface.closedU)) {
    throw fail(`parts is wrong; expected 1, or more for a surface with closedU, got ${show(parts)}`);
  }
  for (const fraction of [0.5, 0, 1]) {
    probe(
      surface,
      parameters.map(({ min, max }) => min + fraction * (max - min)),
      fail,
    );
  }
  return surface;
}

function probe(surface: ParametricSurface, vector: number[], fail: (what: string) => Error): void {
  const { parts = 1, closedU, closedV, poleVMin, poleVMax } = surface;
  const at =
    vector.length > 0 ? ` at ${surface.parameters.map(({ name }, i) => `${name} = ${vector[i]}`).join(', ')}` : '';
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  if (![uMin, uMax, vMin, vMax].every(Number.isFinite) || !(uMin < uMax) || !(vMin < vMax)) {
    throw fail(
      `the domain is wrong${at}; expected finite uMin < uMax and vMin < vMax, got u ${uMin} to ${uMax}, v ${vMin} to ${vMax}`,
    );
  }
  // The end of a part is the start of the next one: just below it.
  const width = ((uMax - uMin) / parts) * (parts > 1 ? 1 - 1e-12 : 1);
  const point = (u: number, v: number): number[] => {
    const out = [0, 0, 0];
    surface.position(u, v, vector, out);
    if (!out.every(Number.isFinite)) {
      throw fail(
        `a point is not finite${at}, u = ${u}, v = ${v}; expected three finite numbers, got ${out.join(', ')}`,
      );
    }
    return out;
  };
  let size = 0;
  const rows = probes.map((s) => probes.map((t) => point(uMin + s * width, vMin + t * (vMax - vMin))));
  for (const row of rows) for (const p of row) size = Math.max(size, distance(p, rows[0][0]));
  const same = (a: number[], b: number[]) => distance(a, b) <= tolerance * size;
  const last = probes.length - 1;
  const claims: [boolean | undefined, string, () => boolean][] = [
    [closedU, 'closedU', () => rows[0].every((p, j) => same(p, rows[last][j]))],
    [closedV, 'closedV', () => rows.every((row) => same(row[0], row[last]))],
    [poleVMin, 'poleVMin', () => rows.every((row) => same(row[0], rows[0][0]))],
    [poleVMax, 'poleVMax', () => rows.every((row) => same(row[last], rows[0][last]))],
  ];
  for (const [claimed, name, holds] of claims) {
    if (claimed && !holds()) throw fail(`${name} is set, but the surface is not so${at}; its edges do not meet`);
  }
  if (size === 0) throw fail(`the surface is a single point${at}`);
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
