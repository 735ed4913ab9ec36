import { showValue } from '../show-value.js';
import { checkParameterFields, isRecord } from './check-definition.js';
import type { ParametricSurface, SurfaceBounds, SurfaceDomain } from './parametric-surface.js';
import { surfaceNormal } from './surface-normal.js';
import { surfaceNames } from './surface-registry.js';

/** Where claims are probed, as fractions of a range: its ends, and places that no pattern of a few waves hits. */
const probes = [0, 0.137, 0.381, 0.618, 0.893, 1];
/** Steps along u (of each part) and v of the grid on which points are looked at. */
const gridSteps = 32;
/** Random parameters besides the least, middle and greatest. */
const moreVectors = 8;
/** What may be seen as rounding, as a fraction of the surface's size. */
const tolerance = 1e-6;
/** A normal of its own may differ from the one by differences by this much, and at kinks, at so large a part of the probes, by more. */
const normalTolerance = 1e-3;
const kinks = 0.25;
/** The area of a grid's triangles is trusted if half as many steps give it to this fraction; its own may differ by twice that. */
const areaTolerance = 0.05;

type Fail = (what: string) => Error;

/**
 * The surface, after a look at what it claims: a name that is free, sound parameters, a sound domain, points that are finite in single
 * precision, seams and poles that are there, and if it has them a normal, a box and an area that go with the points. Everything is probed
 * with the parameters at the least, middle and greatest of their ranges, the points also with others in between.
 *
 * @throws if something is not so
 */
export function checkSurface(surface: ParametricSurface, caller: string): ParametricSurface {
  const { name, parameters, parts = 1 } = surface;
  const fail: Fail = (what) => new Error(`${caller}: ${what}`);
  if (name === undefined) throw fail('name is missing; expected lower-case words joined by hyphens such as "my-vase"');
  if (typeof name !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw fail(
      `the name is wrong; expected lower-case words joined by hyphens such as "my-vase", got ${showValue(name)}`,
    );
  }
  if (surfaceNames().includes(name)) {
    throw fail(`the name "${name}" is that of a built-in surface; expected a name of its own such as "my-${name}"`);
  }
  checkParameterFields(caller, parameters);
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const { name: key, min, max } = parameter;
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) {
      throw fail(`a parameter's name is wrong; expected letters, digits and underscores, got ${showValue(key)}`);
    }
    if (seen.has(key)) throw fail(`two parameters are named "${key}"; expected different names`);
    seen.add(key);
    if (!(Number.isFinite(min) && Number.isFinite(max) && min < max)) {
      throw fail(`the range of parameter "${key}" is wrong; expected min < max, got ${min} to ${max}`);
    }
  }
  if (!Number.isInteger(parts) || parts < 1 || (parts > 1 && !surface.closedU)) {
    throw fail(`parts is wrong; expected 1, or more for a surface with closedU, got ${showValue(parts)}`);
  }
  for (const fraction of [0.5, 0, 1]) {
    const probe = new SurfaceProbe(
      surface,
      parameters.map(({ min, max }) => min + fraction * (max - min)),
      fail,
    );
    probe.checkClaims();
    probe.checkGrid();
  }
  for (let k = 1; parameters.length > 0 && k <= moreVectors; k++) {
    // Irregular, and the same every time: multiples of square roots, without their whole parts.
    const vector = parameters.map(({ min, max }, i) => min + ((k * Math.sqrt(i + 2)) % 1) * (max - min));
    new SurfaceProbe(surface, vector, fail).points();
  }
  return surface;
}

/** A surface with fixed parameters under examination. */
class SurfaceProbe {
  private readonly at: string;
  private readonly domain: SurfaceDomain;
  private readonly parts: number;

  constructor(
    private readonly surface: ParametricSurface,
    private readonly vector: number[],
    private readonly fail: Fail,
  ) {
    const values = surface.parameters.map(({ name }, i) => `${name} = ${vector[i]}`).join(', ');
    this.at = values === '' ? '' : ` at ${values}`;
    this.parts = surface.parts ?? 1;
    this.domain = this.checkedDomain();
  }

  /** The points at the probes, a row for each u (of the first part). */
  points(): number[][][] {
    const { uMin, vMin, vMax } = this.domain;
    return probes.map((s) => probes.map((t) => this.point(uMin + s * this.width(), vMin + t * (vMax - vMin))));
  }

  /** Seams and poles, and the normal. */
  checkClaims(): void {
    const { closedU, closedV, poleVMin, poleVMax } = this.surface;
    const rows = this.points();
    let size = 0;
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
      if (claimed && !holds()) {
        throw this.fail(`${name} is set, but the surface is not so${this.at}; its edges do not meet`);
      }
    }
    if (size === 0) throw this.fail(`the surface is a single point${this.at}`);
    if (this.surface.normal) this.checkNormal();
  }

  /** Points of a fine grid; the box and the area beside them. */
  checkGrid(): void {
    const { uMin, vMin, vMax } = this.domain;
    const grids = Array.from({ length: this.parts }, (_, part) =>
      Array.from({ length: gridSteps + 1 }, (_, i) => {
        const u = uMin + part * this.partWidth() + (i / gridSteps) * this.width();
        return Array.from({ length: gridSteps + 1 }, (_, j) => this.point(u, vMin + (j / gridSteps) * (vMax - vMin)));
      }),
    );
    if (this.surface.bounds) this.checkBounds(grids.flat(2));
    if (this.surface.area) this.checkArea(grids);
  }

  private checkedDomain(): SurfaceDomain {
    const domain: unknown = this.surface.domain(this.vector);
    const { uMin, uMax, vMin, vMax } = (isRecord(domain) ? domain : {}) as unknown as SurfaceDomain;
    if (![uMin, uMax, vMin, vMax].every(Number.isFinite) || !(uMin < uMax) || !(vMin < vMax)) {
      const got = isRecord(domain) ? `u ${uMin} to ${uMax}, v ${vMin} to ${vMax}` : showValue(domain);
      throw this.fail(`the domain is wrong${this.at}; expected finite uMin < uMax and vMin < vMax, got ${got}`);
    }
    return { uMin, uMax, vMin, vMax };
  }

  private partWidth(): number {
    return (this.domain.uMax - this.domain.uMin) / this.parts;
  }

  /** Of a part, as far as points are looked at: its end is the start of the next one, so just below it. */
  private width(): number {
    return this.partWidth() * (this.parts > 1 ? 1 - 1e-12 : 1);
  }

  private point(u: number, v: number): number[] {
    const out = [0, 0, 0];
    this.surface.position(u, v, this.vector, out);
    // A mesh holds them in single precision.
    if (!out.every((value) => typeof value === 'number' && Number.isFinite(Math.fround(value)))) {
      throw this.fail(
        `a point is not finite${this.at}, u = ${u}, v = ${v}; expected three numbers of less than 3.4e38, got ${out.join(', ')}`,
      );
    }
    return out;
  }

  private checkNormal(): void {
    const { uMin, vMin, vMax } = this.domain;
    const { normal: _, ...withoutNormal } = this.surface;
    let compared = 0;
    let wrong: string | undefined;
    let wrongCount = 0;
    for (const s of probes) {
      for (const t of probes) {
        const [u, v] = [uMin + s * this.width(), vMin + t * (vMax - vMin)];
        const where = `${this.at}, u = ${u}, v = ${v}`;
        const own = [0, 0, 0];
        this.surface.normal?.(u, v, this.vector, own);
        if (!own.every((value) => Number.isFinite(value))) {
          throw this.fail(
            `normal is not finite${where}; expected a unit vector, or 0, 0, 0 where there is none, got ${own.join(', ')}`,
          );
        }
        // At the domain's ends there may be poles.
        if (s === 0 || s === 1 || t === 0 || t === 1) continue;
        const numeric = [0, 0, 0];
        surfaceNormal(withoutNormal, u, v, this.vector, numeric);
        if (Math.hypot(...numeric) === 0) continue;
        compared++;
        if (distance(own, numeric) <= normalTolerance) continue;
        wrongCount++;
        const [got, expected] = [own, numeric].map((vector) => vector.map((value) => value.toPrecision(4)).join(', '));
        wrong ??= `normal is wrong${where}; expected the unit vector ∂/∂u × ∂/∂v = ${expected}, got ${got}; leave it out to have it by differences`;
      }
    }
    if (wrong !== undefined && wrongCount > kinks * compared) throw this.fail(wrong);
  }

  private checkBounds(points: readonly number[][]): void {
    const given: unknown = this.surface.bounds?.(this.vector);
    const isTriple = (value: unknown) => Array.isArray(value) && value.length === 3 && value.every(Number.isFinite);
    const sound = isRecord(given) && isTriple(given.min) && isTriple(given.max);
    if (!sound || !['exact', 'conservative', 'estimated'].includes(given.kind as string)) {
      throw this.fail(
        `bounds is wrong${this.at}; expected { min: [x, y, z], max: [x, y, z], kind: 'exact', 'conservative' or 'estimated' }, got ${showValue(given)}`,
      );
    }
    const { min, max, kind } = given as unknown as SurfaceBounds;
    // What was sampled may be overreached between the samples.
    if (kind === 'estimated') return;
    const size = Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
    const outside = points.find((p) =>
      p.some((value, axis) => value < min[axis] - tolerance * size || value > max[axis] + tolerance * size),
    );
    if (outside === undefined) return;
    throw this.fail(
      `bounds is wrong${this.at}; expected a box around the whole surface, got ${min.join(', ')} to ${max.join(', ')}, and the point ${outside.join(', ')} outside of it`,
    );
  }

  private checkArea(grids: readonly number[][][][]): void {
    const given: unknown = this.surface.area?.(this.vector);
    const wrong = (expected: string) =>
      this.fail(`area is wrong${this.at}; expected ${expected}, got ${showValue(given)}`);
    if (typeof given !== 'number' || !(given > 0) || !Number.isFinite(given)) throw wrong('a positive finite number');
    const sum = (step: number) => grids.reduce((total, grid) => total + gridArea(grid, step), 0);
    const [coarse, fine] = [sum(2), sum(1)];
    // Where the grid is too coarse for the surface's folds nothing is known.
    if (Math.abs(fine - coarse) > areaTolerance * fine) return;
    if (Math.abs(given - fine) > 2 * areaTolerance * fine) throw wrong(`about ${fine.toPrecision(3)}`);
  }
}

/** The area of a grid's triangles, with every so many of its rows and columns. */
function gridArea(grid: readonly number[][][], step: number): number {
  let sum = 0;
  for (let i = 0; i + step <= gridSteps; i += step) {
    for (let j = 0; j + step <= gridSteps; j += step) {
      const [a, b, c, d] = [grid[i][j], grid[i + step][j], grid[i + step][j + step], grid[i][j + step]];
      sum += triangleArea(a, b, c) + triangleArea(a, c, d);
    }
  }
  return sum;
}

function triangleArea(a: number[], b: number[], c: number[]): number {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
