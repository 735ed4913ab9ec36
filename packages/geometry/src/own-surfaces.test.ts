import { describe, expect, it } from 'vitest';
import { defineSurface } from './define-surface.js';
import { type FormulaSurfaceDefinition, surfaceFromFormulas } from './formulas.js';
import { isWatertight } from './is-watertight.js';
import { meshVolume } from './mesh-volume.js';
import type { ParametricSurface } from './parametric-surface.js';
import { spiralCylinder } from './spiral-cylinder.js';
import { surfaceArea } from './surface-area.js';
import { surfaceBounds } from './surface-bounds.js';
import { surfaceNormal } from './surface-normal.js';
import { surfaceNormals } from './surface-normals.js';
import { surfaceOfRevolution } from './surface-of-revolution.js';
import { tessellate } from './tessellate.js';

const sphere = {
  name: 'my-sphere',
  parameters: [{ name: 'radius', min: 0.5, max: 2 }],
  domain: { uMin: 0, uMax: 2 * Math.PI, vMin: -Math.PI / 2, vMax: Math.PI / 2 },
  point: (u: number, v: number, { radius }: Readonly<Record<string, number>>) =>
    [radius * Math.cos(v) * Math.cos(u), radius * Math.cos(v) * Math.sin(u), radius * Math.sin(v)] as const,
  closedU: true,
  poleVMin: true,
  poleVMax: true,
};

/** As JSON.parse of a file gives it. */
const spiral = (): Record<string, unknown> => ({
  name: 'formula-spiral',
  parameters: JSON.parse(JSON.stringify(spiralCylinder.parameters)),
  domain: { u: [0, '2 * pi'], v: [0, 'height'] },
  let: { angle: 'u + twist_amp * sin(twist_freq * v)', r: 'radius + wave_amp * cos(wave_freq v)' },
  x: 'r * cos(angle)',
  y: 'r * sin(angle)',
  z: 'v',
  closedU: true,
});
const fromFormulas = (change: Record<string, unknown> = {}) =>
  surfaceFromFormulas({ ...spiral(), ...change } as unknown as FormulaSurfaceDefinition);

/** One point of a surface whose z is a formula of u, v, a. */
function evaluate(z: string, u: number, v: number, a = 1.5): { z: number; normal: number[] } {
  const surface = surfaceFromFormulas({
    name: 'height-field',
    parameters: [{ name: 'a', min: 1, max: 2 }],
    domain: { u: [0.1, 1], v: [0.1, 1] },
    x: 'u',
    y: 'v',
    z,
  });
  const [point, normal] = [new Float64Array(3), [0, 0, 0]];
  surface.position(u, v, [a], point);
  surfaceNormal(surface, u, v, [a], normal);
  const { normal: _, ...rest } = surface;
  const numeric = [0, 0, 0];
  surfaceNormal(rest, u, v, [a], numeric);
  for (let axis = 0; axis < 3; axis++) expect(normal[axis], z).toBeCloseTo(numeric[axis], 6);
  return { z: point[2], normal };
}

describe('defineSurface', () => {
  it('makes a surface with everything automatic', () => {
    const surface = defineSurface(sphere);
    expect(surface.parameters).toEqual([{ name: 'radius', min: 0.5, max: 2, unit: '', label: 'radius' }]);
    const mesh = tessellate(surface, { radius: 1.5 }, { uSteps: 200, vSteps: 100 });
    expect(isWatertight(mesh)).toBe(true);
    expect(meshVolume(mesh)).toBeCloseTo((4 / 3) * Math.PI * 1.5 ** 3, 1);
    expect(surfaceArea(surface, [1.5])).toBeCloseTo(9 * Math.PI, 6);
    const { min, max, kind } = surfaceBounds(surface, [1.5]);
    expect(kind).toBe('estimated');
    for (let axis = 0; axis < 3; axis++) {
      expect(min[axis]).toBeCloseTo(-1.5, 6);
      expect(max[axis]).toBeCloseTo(1.5, 6);
    }
    const normals = surfaceNormals(surface, [1.5], { uSteps: 20, vSteps: 10 });
    const { positions } = tessellate(surface, [1.5], { uSteps: 20, vSteps: 10 });
    // At the poles the normal of a point close by stands in.
    normals.forEach((value, i) => {
      expect(Math.abs(value - positions[i] / 1.5)).toBeLessThan(0.004);
    });
  });

  it('hands on a normal, bounds and an area of its own', () => {
    const bounds = { min: [0, 0, 0], max: [1, 1, 1], kind: 'conservative' } as const;
    const surface = defineSurface({
      ...sphere,
      normal: (u, v) => [Math.cos(v) * Math.cos(u), Math.cos(v) * Math.sin(u), Math.sin(v)],
      bounds: () => bounds,
      area: ({ radius }) => 4 * Math.PI * radius ** 2,
    });
    const normal = [9, 0, 0, 0];
    surfaceNormal(surface, 0, Math.PI / 2, [1], normal, 1);
    expect(normal.slice(0, 1)).toEqual([9]);
    expect(normal[3]).toBe(1);
    expect(surfaceBounds(surface, [1])).toBe(bounds);
    expect(surfaceArea(surface, [2])).toBe(16 * Math.PI);
  });

  it('makes surfaces of several parts', () => {
    const two = defineSurface({
      ...sphere,
      name: 'two-spheres',
      parts: 2,
      domain: { ...sphere.domain, uMax: 4 * Math.PI },
      point: (u, v, p) => {
        const [x, y, z] = sphere.point(u, v, p);
        return [u < 2 * Math.PI ? x : x + 5, y, z];
      },
    });
    const mesh = tessellate(two, [1], { uSteps: 100, vSteps: 50 });
    expect(mesh.positions).toHaveLength(3 * 2 * 101 * 51);
    expect(isWatertight(mesh)).toBe(true);
    expect(meshVolume(mesh)).toBeCloseTo((8 / 3) * Math.PI, 1);
    expect(surfaceArea(two, [1])).toBeCloseTo(8 * Math.PI, 6);
    const normals = surfaceNormals(two, [1], { uSteps: 8, vSteps: 4 });
    expect(normals.every(Number.isFinite)).toBe(true);
  });

  it.each([
    [{ name: 'My Sphere' }, 'defineSurface: the name is wrong; expected lower-case words'],
    [
      { parameters: [{ name: 'radius', min: 2, max: 1 }] },
      'the range of parameter "radius" is wrong; expected min < max',
    ],
    [{ parameters: [sphere.parameters[0], sphere.parameters[0]] }, 'two parameters are named "radius"'],
    [{ parameters: [{ name: 'a b', min: 0, max: 1 }] }, 'a parameter’s name is wrong'.replace('’', "'")],
    [{ domain: { ...sphere.domain, vMax: -9 } }, 'the domain is wrong at radius = 1.25; expected finite uMin < uMax'],
    [{ point: () => [Number.NaN, 0, 0] as const }, 'a point is not finite at radius = 1.25'],
    [{ point: () => [1, 2, 3] as const, closedU: false, poleVMin: false, poleVMax: false }, 'is a single point'],
    [{ closedV: true }, 'closedV is set, but the surface is not so at radius = 1.25; its edges do not meet'],
    [{ domain: { ...sphere.domain, uMax: 3 } }, 'closedU is set'],
    [{ domain: { ...sphere.domain, vMin: 0 } }, 'poleVMin is set'],
    [{ domain: { ...sphere.domain, vMax: 1 } }, 'poleVMax is set'],
    [{ parts: 2, closedU: false }, 'parts is wrong; expected 1, or more for a surface with closedU, got 2'],
  ])('refuses %o', (change, message) => {
    expect(() => defineSurface({ ...sphere, ...change })).toThrow(message);
  });
});

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
});

describe('surfaceFromFormulas', () => {
  it('gives the built-in surface again: points, normals, area', () => {
    const surface = fromFormulas();
    const vector = [0.9, 2.5, 1.25, 3, 0.3, 2];
    const steps = { uSteps: 30, vSteps: 20 };
    const [ours, theirs] = [surface, spiralCylinder].map((s) => tessellate(s, vector, steps).positions);
    const [ourNormals, theirNormals] = [surface, spiralCylinder].map((s) => surfaceNormals(s, vector, steps));
    ours.forEach((value, i) => {
      expect(value).toBeCloseTo(theirs[i], 6);
      // Automatic differentiation: as exact as the formula.
      expect(ourNormals[i]).toBeCloseTo(theirNormals[i], 6);
    });
    expect(surfaceArea(surface, vector)).toBeCloseTo(surfaceArea(spiralCylinder, vector), 6);
  });

  it('has a normal at a pole too', () => {
    const surface = surfaceFromFormulas({
      name: 'ball',
      parameters: [],
      domain: { u: [0, 'tau'], v: ['-pi / 2', 'pi / 2'] },
      x: 'cos(v) * cos(u)',
      y: 'cos(v) * sin(u)',
      z: 'sin(v)',
      closedU: true,
      poleVMin: true,
      poleVMax: true,
    });
    const normal = [0, 0, 0];
    surfaceNormal(surface, 0, Math.PI / 2, [], normal);
    expect(normal[2]).toBeGreaterThan(0.9999);
    expect(isWatertight(tessellate(surface, []))).toBe(true);
  });

  it.each([
    ['-u^2', -0.16],
    ['2^3^2 / 512 + u - u', 1],
    ['2 u v', 0.48],
    ['u - v - 0.1', -0.3],
    ['u / v / 2', 0.4 / 0.6 / 2],
    ['a^u', 1.5 ** 0.4],
    ['u^v', 0.4 ** 0.6],
    ['sqrt(u) + cbrt(v) + exp(u) - log(v)', Math.sqrt(0.4) + Math.cbrt(0.6) + Math.exp(0.4) - Math.log(0.6)],
    ['sinh(u) * cosh(v) / tanh(u)', (Math.sinh(0.4) * Math.cosh(0.6)) / Math.tanh(0.4)],
    ['tan(u) + asin(u) + acos(v) + atan(v)', Math.tan(0.4) + Math.asin(0.4) + Math.acos(0.6) + Math.atan(0.6)],
    ['atan2(v, u) + hypot(u, v, 1)', Math.atan2(0.6, 0.4) + Math.hypot(0.4, 0.6, 1)],
    ['max(u, v, 0.5) - min(u, v)', 0.2],
    ['mod(-u, 0.3) + (7 mod 4) * 0', 0.2],
    ['abs(u - v) + sign(u) + floor(v) + ceil(v)', 2.2],
    ['u < v and not (u == v) ? u : v * 2', 0.4],
    ['u >= v or u != u ? u : v * 2', 1.2],
    ['u <= 0.41 ? 3 u : 0', 1.2],
    ['u > 0.41 ? 3 u : +v', 0.6],
    ['e + pi + tau - e - 3 pi + u', 0.4],
  ])('%s', (formula, expected) => {
    expect(evaluate(formula, 0.4, 0.6).z).toBeCloseTo(expected, 12);
  });

  it.each([
    ['u.constructor', 'is not allowed'],
    ['u["constructor"]', 'is not allowed'],
    ['constructor', 'unknown name "constructor"; expected one of u, v, radius'],
    ['__proto__', 'unknown name "__proto__"'],
    ['toString()', 'is not allowed'],
    ['constructor(1)', 'is not allowed'],
    ['hasOwnProperty(u)', 'is not allowed'],
    ['u.constructor("x")', 'is not allowed'],
    ['f(x) = x', 'is not allowed'],
    ['u = 3', 'is not allowed'],
    ['1; 2', 'is not allowed'],
    ['[1, 2]', 'is not allowed'],
    ['{a: 1}', 'is not allowed'],
    ['"text"', 'is not allowed'],
    ['evaluate("1")', 'is not allowed'],
    ['import({})', 'is not allowed'],
    ['u < v < 1', 'is not allowed'],
    ['2 cm', 'unknown name "cm"'],
    ['i', 'unknown name "i"'],
    ['', 'is not allowed'],
    ['sin()', 'wrong number of arguments of "sin"; expected 1, got 0'],
    ['atan2(u)', 'wrong number of arguments of "atan2"; expected 2, got 1'],
    ['sin(', 'x = "sin(" cannot be read'],
    ['1e999', 'expected a finite one, got Infinity'],
    [`${'('.repeat(990)}u${')'.repeat(990)}`, 'cannot be read: Maximum call stack'],
    [`u${' + u'.repeat(600)}`, 'too long; expected at most 2000 characters'],
  ])('does not let %s through', (formula, message) => {
    expect(() => fromFormulas({ x: formula })).toThrow(message);
  });

  it.each([
    [{ surface: 1 }, 'surfaceFromFormulas: unknown field "surface"; expected name, description, parameters, domain'],
    [{ x: undefined }, 'x is wrong; expected a number or a formula, got undefined'],
    [{ let: { 'a b': '1' } }, 'the name "a b" in let is wrong'],
    [{ let: { u: '1' } }, 'the name "u" in let is wrong'],
    [{ let: { r: 'angle', angle: 'u' } }, 'let.r = "angle" cannot be read: unknown name "angle"'],
    [{ let: 3 }, 'let is wrong'],
    [{ parameters: [{ name: 'pi', min: 0, max: 1 }] }, 'a parameter cannot be named "pi"'],
    [{ parameters: [{ name: 'a', min: 0, max: 1, step: 2 }] }, 'unknown field of a parameter "step"'],
    [{ parameters: 3 }, 'parameters is wrong'],
    [{ domain: { u: [0, 1] } }, 'domain is wrong; expected { u: [min, max], v: [min, max] }'],
    [{ domain: { u: [0, 'v'], v: [0, 1] } }, 'domain.u[1] = "v" cannot be read: unknown name "v"'],
    [{ closedU: 'yes' }, 'closedU is wrong; expected true or false, got "yes"'],
    [{ closedV: true }, 'closedV is set, but the surface is not so'],
    [{ x: 'log(-1)' }, 'a point is not finite'],
    [{ description: 3 }, 'description is wrong; expected text, got 3'],
    [{ name: 3 }, 'the name is wrong'],
  ])('refuses %o', (change, message) => {
    expect(() => fromFormulas(change)).toThrow(message);
  });
});
