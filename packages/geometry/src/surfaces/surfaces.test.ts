import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWatertight } from '../mesh/is-watertight.js';
import { meshArea } from '../mesh/mesh-area.js';
import { meshVolume } from '../mesh/mesh-volume.js';
import { vertexNormals } from '../mesh/vertex-normals.js';
import { createFlutedColumn, flutedColumn } from './built-in/fluted-column.js';
import { spiralCylinder } from './built-in/spiral-cylinder.js';
import { superellipsoid } from './built-in/superellipsoid.js';
import { torusPair } from './built-in/torus-pair.js';
import { defineSurface } from './define-surface.js';
import { isClosedSurface } from './is-closed-surface.js';
import type { ParametricSurface } from './parametric-surface.js';
import { surfaceArea } from './surface-area.js';
import { surfaceBounds } from './surface-bounds.js';
import { surfaceNormal } from './surface-normal.js';
import { surfaceNormals } from './surface-normals.js';
import { surfaceByName, surfaceNames } from './surface-registry.js';
import { tessellate } from './tessellate.js';

const unit = fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((value) => value / 1_000_000);
const inRange = (surface: ParametricSurface, scaled: number[]) =>
  surface.parameters.map(({ min, max }, i) => min + scaled[i] * (max - min));
const surfaces = surfaceNames().map((name) => surfaceByName(name));
const middle = (surface: ParametricSurface) => surface.parameters.map(({ min, max }) => (min + max) / 2);

it('the registry', () => {
  // In a fixed order: what comes later goes to the end.
  expect(surfaceNames().slice(0, 5)).toEqual([
    'spiral-cylinder',
    'fluted-column',
    'superellipsoid',
    'torus-pair',
    'vase',
  ]);
  expect(new Set(surfaceNames()).size).toBe(surfaces.length);
  const own = { ...spiralCylinder, name: 'mine' };
  expect(surfaceByName('mine', [own])).toBe(own);
  expect(surfaceNames([own]).at(-1)).toBe('mine');
  expect(() => surfaceByName('cube', [own])).toThrow(
    `surfaceByName: unknown surface; expected one of ${surfaceNames().join(', ')}, mine, got "cube"`,
  );
});

describe.each(surfaces.map((surface) => [surface.name, surface] as const))('%s', (_, surface) => {
  const { closedU, closedV, poleVMin, poleVMax, parts = 1 } = surface;
  const scaled = fc.array(unit, { minLength: surface.parameters.length, maxLength: surface.parameters.length });

  it('is found by its name, which no surface of one’s own may have', () => {
    expect(surface.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(surfaceByName(surface.name)).toBe(surface);
    const domain = { uMin: 0, uMax: 1, vMin: 0, vMax: 1 };
    expect(() => defineSurface({ name: surface.name, parameters: [], domain, point: (u, v) => [u, v, 0] })).toThrow(
      `the name "${surface.name}" is that of a built-in surface`,
    );
  });

  it('has a full table of parameters', () => {
    expect(surface.description).toMatch(/\.$/);
    for (const { name, min, max, unit: measure, label, description } of surface.parameters) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(min).toBeLessThan(max);
      expect(measure).toMatch(/^(|units|rad|rad\/unit)$/);
      expect(label).not.toBe('');
      expect(description).toMatch(/\.$/);
    }
  });

  it('has the normal that finite differences give', () => {
    const { normal: own, ...rest } = surface;
    expect(own).toBeTypeOf('function');
    const numeric = new Float64Array(3);
    const analytic = new Float64Array(3);
    fc.assert(
      fc.property(scaled, unit, unit, (s, a, b) => {
        const parameters = inRange(surface, s);
        const { uMin, uMax, vMin, vMax } = surface.domain(parameters);
        const [u, v] = [uMin + a * (uMax - uMin), vMin + b * (vMax - vMin)];
        // Where an exponent is not 1 a superellipsoid bends without bound at the planes x, y, z = 0; differences lose there.
        if (surface === superellipsoid) {
          fc.pre(Math.min(...[u, v].map((angle) => Math.abs(Math.sin(2 * angle)))) > 0.02);
        }
        surfaceNormal(surface, u, v, parameters, analytic);
        surfaceNormal(rest, u, v, parameters, numeric);
        expect(Math.hypot(...analytic)).toBeCloseTo(1, 12);
        for (let axis = 0; axis < 3; axis++) expect(Math.abs(analytic[axis] - numeric[axis])).toBeLessThan(2e-5);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('has the seams and poles that it claims, and no others', () => {
    const parameters = middle(surface);
    const { uMin, uMax, vMin, vMax } = surface.domain(parameters);
    const [p, q] = [new Float64Array(3), new Float64Array(3)];
    const gap = (u1: number, v1: number, u2: number, v2: number) => {
      surface.position(u1, v1, parameters, p);
      surface.position(u2, v2, parameters, q);
      return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    };
    const width = (uMax - uMin) / parts;
    const [u, v] = [uMin + 0.3 * width, vMin + 0.4 * (vMax - vMin)];
    // A step below the end: of several parts the end belongs to the next.
    expect(gap(uMin, v, uMin + width * (1 - 1e-13), v) < 1e-9).toBe(closedU);
    expect(gap(u, vMin, u, vMax) < 1e-9).toBe(closedV);
    expect(gap(uMin, vMin, u, vMin) < 1e-9).toBe(poleVMin ?? false);
    expect(gap(uMin, vMax, u, vMax) < 1e-9).toBe(poleVMax ?? false);
    expect(isWatertight(tessellate(surface, parameters, { uSteps: 16, vSteps: 12 }))).toBe(isClosedSurface(surface));
  });

  it('lies in its box, and touches every side of an exact one', () => {
    fc.assert(
      fc.property(scaled, (s) => {
        const parameters = inRange(surface, s);
        const { min, max, kind } = surfaceBounds(surface, parameters);
        const { bounds: _own, ...rest } = surface;
        const estimated = surfaceBounds(rest, parameters);
        expect(estimated.kind).toBe('estimated');
        for (let axis = 0; axis < 3; axis++) {
          expect(estimated.min[axis]).toBeGreaterThanOrEqual(min[axis] - 1e-9);
          expect(estimated.max[axis]).toBeLessThanOrEqual(max[axis] + 1e-9);
          if (kind !== 'exact') continue;
          expect(estimated.min[axis]).toBeCloseTo(min[axis], 6);
          expect(estimated.max[axis]).toBeCloseTo(max[axis], 6);
        }
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  it('has the area that its mesh tends to', () => {
    const parameters = middle(surface);
    const { area: _own, ...rest } = surface;
    const area = surfaceArea(rest, parameters);
    if (surface.area) expect(area / surface.area(parameters)).toBeCloseTo(1, 7);
    // The error falls with the square of the step: two meshes give the limit.
    const [coarse, fine] = [200, 400].map((steps) =>
      meshArea(tessellate(surface, parameters, { uSteps: steps, vSteps: steps })),
    );
    expect(((4 * fine - coarse) / 3 / area - 1) * 1e5).toBeCloseTo(0, 0);
  });

  it('has grid normals near those of the mesh, everywhere of length 1', () => {
    const parameters = middle(surface);
    const steps = { uSteps: 120, vSteps: 120 };
    const mesh = tessellate(surface, parameters, steps);
    const own = surfaceNormals(surface, parameters, steps);
    const smooth = vertexNormals(mesh);
    expect(own).toHaveLength(mesh.positions.length);
    let worst = 1;
    for (let i = 0; i < own.length; i += 3) {
      expect(Math.hypot(own[i], own[i + 1], own[i + 2])).toBeCloseTo(1, 6);
      worst = Math.min(worst, own[i] * smooth[i] + own[i + 1] * smooth[i + 1] + own[i + 2] * smooth[i + 2]);
    }
    expect(worst).toBeGreaterThan(0.97);
  });
});

describe('known sizes', () => {
  it('area of a cylinder, a frustum-like vase, a sphere', () => {
    expect(surfaceArea(spiralCylinder, [1, 2, 1.3, 4, 0, 1])).toBeCloseTo(4 * Math.PI, 6);
    // Bézier radii on a line: a truncated cone, π (r1 + r2) √((r1 − r2)² + h²).
    expect(surfaceArea(surfaceByName('vase'), [2, 0.3, 0.5, 0.7, 0.9])).toBeCloseTo(
      Math.PI * 1.2 * Math.hypot(0.6, 2),
      6,
    );
    expect(surfaceArea(superellipsoid, [0.7, 0.7, 0.7, 1, 1])).toBeCloseTo(4 * Math.PI * 0.49, 6);
  });

  it('volume of superellipsoids and tori', () => {
    // 2·a·b·c·e1·e2·B(e1/2 + 1, e1)·B(e2/2, e2/2), computed with Python's math.gamma.
    for (const [parameters, expected] of [
      [[1, 1, 1, 1, 1], 4.18879020478639],
      [[0.6, 1.2, 0.9, 0.5, 1.4], 3.011533112373766],
      [[1.5, 0.5, 1, 1.5, 0.4], 2.7321914653479893],
    ] as const) {
      const volume = meshVolume(tessellate(superellipsoid, parameters, { uSteps: 400, vSteps: 400 }));
      expect(Math.abs(volume / expected - 1)).toBeLessThan(1e-3);
    }
    expect(meshVolume(tessellate(superellipsoid, [1, 1, 1, 1, 1], { uSteps: 400, vSteps: 400 }))).toBeCloseTo(
      (4 / 3) * Math.PI,
      3,
    );
    const volume = meshVolume(tessellate(torusPair, [1, 0.2, 0.9, 0.1, 1, 1.5], { uSteps: 200, vSteps: 200 }));
    expect(volume / (2 * Math.PI ** 2 * (1 * 0.04 + 0.9 * 0.01))).toBeCloseTo(1, 3);
    expect(() => meshVolume(tessellate(spiralCylinder, middle(spiralCylinder)))).toThrow(
      'meshVolume: the mesh is open',
    );
  });

  it('the rings of a torus pair are linked and never touch', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 6, maxLength: 6 }), (scaled) => {
        const [radius1, tube1, radius2, tube2, distance, tilt] = inRange(torusPair, scaled);
        let least = Infinity;
        let crossings = 0;
        const steps = 720;
        for (let i = 0; i < steps; i++) {
          const at = (k: number) => {
            const angle = (2 * Math.PI * k) / steps;
            return [
              distance + radius2 * Math.cos(angle),
              radius2 * Math.sin(angle) * Math.cos(tilt),
              radius2 * Math.sin(angle) * Math.sin(tilt),
            ];
          };
          const [p, q] = [at(i + 0.5), at(i + 1.5)];
          least = Math.min(least, Math.hypot(Math.hypot(p[0], p[1]) - radius1, p[2]));
          if (p[2] * q[2] < 0 && Math.hypot(p[0], p[1]) < radius1) crossings++;
        }
        expect(least).toBeGreaterThan(tube1 + tube2);
        expect(crossings).toBe(1);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('a fluted column shows its twist', () => {
    const options = { uSteps: 60, vSteps: 30 };
    const twisted = tessellate(flutedColumn, [1, 2, 1, 3, 0.2, 2], options).positions;
    // The formula of the study that made it visible, by hand at one point.
    const [i, j] = [7, 11];
    const [u, v] = [(2 * Math.PI * i) / 60, (2 * j) / 30];
    const r = (1 + 0.2 * Math.cos(2 * v)) * (1 + 0.15 * Math.cos(5 * u));
    const angle = u + Math.sin(3 * v);
    const at = 3 * (i * 31 + j);
    [r * Math.cos(angle), r * Math.sin(angle), v].forEach((value, axis) => {
      expect(twisted[at + axis]).toBeCloseTo(value, 6);
    });
    expect(() => createFlutedColumn({ lobes: 2.5 })).toThrow('createFlutedColumn: lobes is wrong');
    expect(() => createFlutedColumn({ depth: 1 })).toThrow('expected 0 to less than 1, got 1');
    const plain = tessellate(createFlutedColumn({ depth: 0 }), [1, 2, 1, 3, 0.2, 2], options);
    expect(plain.positions).toEqual(tessellate(spiralCylinder, [1, 2, 1, 3, 0.2, 2], options).positions);
  });
});

describe('isWatertight', () => {
  it('sees a missing and a turned triangle', () => {
    const { positions, indices } = tessellate(superellipsoid, [1, 1, 1, 1, 1], { uSteps: 8, vSteps: 6 });
    expect(indices).toHaveLength(3 * 8 * (2 * 6 - 2));
    expect(isWatertight({ positions, indices })).toBe(true);
    expect(isWatertight({ positions, indices: indices.slice(3) })).toBe(false);
    const turned = indices.slice();
    [turned[0], turned[1]] = [turned[1], turned[0]];
    expect(isWatertight({ positions, indices: turned })).toBe(false);
    expect(isWatertight({ positions, indices: new Uint32Array(0) })).toBe(false);
  });
});
