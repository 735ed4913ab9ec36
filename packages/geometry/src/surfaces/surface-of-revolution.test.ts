import { describe, expect, it } from 'vitest';
import { isWatertight } from '../mesh/is-watertight.js';
import { meshVolume } from '../mesh/mesh-volume.js';
import type { ParametricSurface } from './parametric-surface.js';
import { surfaceArea } from './surface-area.js';
import { surfaceBounds } from './surface-bounds.js';
import { surfaceNormal } from './surface-normal.js';
import { type SurfaceOfRevolutionOptions, surfaceOfRevolution } from './surface-of-revolution.js';
import { tessellate } from './tessellate.js';

describe('surfaceOfRevolution', () => {
  const analyticAgainstDifferences = (surface: ParametricSurface, vector: number[]) => {
    const { normal: _, ...rest } = surface;
    const [own, numeric] = [new Float64Array(3), new Float64Array(3)];
    for (let i = 0; i < 50; i++) {
      const [u, v] = [0.13 * i, 0.011 + 0.0197 * i];
      surfaceNormal(surface, u, v, vector, own);
      surfaceNormal(rest, u, v, vector, numeric);
      for (let axis = 0; axis < 3; axis++) expect(own[axis]).toBeCloseTo(numeric[axis], 5);
    }
  };

  it('goes through its profile points, with an exact box', () => {
    const profile = [
      [0, 0],
      [1, 0.2],
      [0.4, 1],
      [0.6, 2],
    ] as const;
    const surface = surfaceOfRevolution({ name: 'cup', profile });
    const point = new Float64Array(3);
    profile.forEach(([radius, z], i) => {
      surface.position(0, i / 3, [], point);
      expect([...point]).toEqual([radius, 0, z].map((value) => expect.closeTo(value, 12)));
    });
    expect([surface.poleVMin, surface.poleVMax, surface.closedV]).toEqual([true, false, false]);
    const { bounds: own, ...rest } = surface;
    const [exact, estimated] = [surfaceBounds(surface, []), surfaceBounds(rest, [])];
    expect([exact.kind, estimated.kind]).toEqual(['exact', 'estimated']);
    for (let axis = 0; axis < 3; axis++) {
      expect(exact.min[axis]).toBeCloseTo(estimated.min[axis], 5);
      expect(exact.max[axis]).toBeCloseTo(estimated.max[axis], 5);
    }
    analyticAgainstDifferences(surface, []);
    expect(own).toBeTypeOf('function');
  });

  it('closes a ring of points, and takes a function with parameters', () => {
    const around = Array.from({ length: 24 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 24;
      return [1 + 0.3 * Math.cos(angle), 0.3 * Math.sin(angle)] as const;
    });
    const ring = surfaceOfRevolution({ name: 'ring', profile: around, closed: true });
    const mesh = tessellate(ring, [], { uSteps: 200, vSteps: 240 });
    expect(isWatertight(mesh)).toBe(true);
    expect(meshVolume(mesh) / (2 * Math.PI ** 2 * 0.09)).toBeCloseTo(1, 2);
    analyticAgainstDifferences(ring, []);

    const ball = surfaceOfRevolution({
      name: 'ball',
      parameters: [{ name: 'radius', min: 1, max: 2, unit: 'units', label: 'radius' }],
      profile: (t, { 0: radius }) => [radius * Math.sin(Math.PI * t), -radius * Math.cos(Math.PI * t)],
      poles: [true, true],
    });
    expect(isWatertight(tessellate(ball, [1.5]))).toBe(true);
    expect(surfaceArea(ball, [1.5])).toBeCloseTo(9 * Math.PI, 5);
    analyticAgainstDifferences(ball, [1.5]);
  });

  it('refuses what is no profile', () => {
    expect(() => surfaceOfRevolution({ name: 'a', profile: [[1, 0]] })).toThrow(
      'surfaceOfRevolution: too few profile points; expected at least 2, got 1',
    );
    const bad = [
      [1, 0],
      [-1, 2],
    ] as const;
    expect(() => surfaceOfRevolution({ name: 'a', profile: bad })).toThrow(
      'profile point 1 is wrong; expected [radius ≥ 0, z], got [-1,2]',
    );
  });

  const anything = (options: unknown) => surfaceOfRevolution(options as SurfaceOfRevolutionOptions);

  it.each([
    [{}, 'profile is missing; expected a list of points [radius, z] or a function'],
    [{ profile: 'abc' }, 'profile is wrong; expected a list of points [radius, z] or a function'],
    [{ profile: [[1, 0], null] }, 'profile point 1 is wrong; expected [radius ≥ 0, z], got null'],
    [{ profile: () => 3 }, 'profile is wrong; expected a function that returns [radius, z], got 3'],
    [{ profile: (t: number) => [-1, t] }, "the profile's radius is negative at t = 0; expected 0 or more, got -1"],
    [
      { profile: (t: number, [a]: number[]) => [a - t, t], parameters: [{ name: 'a', min: 0.5, max: 2 }] },
      "the profile's radius is negative at t = 0.515625, a = 0.5; expected 0 or more, got -0.015625",
    ],
    [{ profile: (t: number) => [1, t], parameters: [null] }, 'parameters is wrong; expected a list of { name, min'],
    [{ profile: (t: number) => [1, t], poles: true }, 'poles is wrong; expected [start, end], each true or false'],
    [{ profile: (t: number) => [1, t], close: true }, 'unknown field "close"; expected name, description, parameters'],
  ])('refuses %o', (options, message) => {
    expect(() => anything({ name: 'my-profile', ...options })).toThrow(`surfaceOfRevolution: ${message}`);
  });

  it('labels parameters by their names', () => {
    const { parameters } = surfaceOfRevolution({
      name: 'my-tube',
      parameters: [{ name: 'radius', min: 1, max: 2 }],
      profile: (t, { 0: radius }) => [radius, t],
    });
    expect(parameters).toEqual([{ name: 'radius', min: 1, max: 2, unit: '', label: 'radius' }]);
  });
});
