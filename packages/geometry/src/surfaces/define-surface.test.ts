import { describe, expect, it } from 'vitest';
import { isWatertight } from '../mesh/is-watertight.js';
import { meshVolume } from '../mesh/mesh-volume.js';
import { defineSurface, type SurfaceDefinition } from './define-surface.js';
import { surfaceArea } from './surface-area.js';
import { surfaceBounds } from './surface-bounds.js';
import { surfaceNormal } from './surface-normal.js';
import { surfaceNormals } from './surface-normals.js';
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
    const bounds = { min: [-2, -2, -2], max: [2, 2, 2], kind: 'conservative' } as const;
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
    [{ point: () => [1e39, 0, 0] as const }, 'expected three numbers of less than 3.4e38, got 1e+39, 0, 0'],
    [
      {
        point: (u: number, v: number, p: Readonly<Record<string, number>>) =>
          v > 0.5 && v < 0.6 ? ([Number.NaN, 0, 0] as const) : sphere.point(u, v, p),
      },
      'a point is not finite at radius = 1.25',
    ],
    [{ normal: () => [1, 0, 0] as const }, 'normal is wrong at radius = 1.25, u = '],
    [{ normal: () => [Number.NaN, 0, 7] as const }, 'normal is not finite at radius = 1.25, u = 0'],
    [
      {
        normal: (u: number, v: number) =>
          [-Math.cos(v) * Math.cos(u), -Math.cos(v) * Math.sin(u), -Math.sin(v)] as const,
      },
      'expected the unit vector ∂/∂u × ∂/∂v = ',
    ],
    [{ area: () => -1 }, 'area is wrong at radius = 1.25; expected a positive finite number, got -1'],
    [{ area: () => 4 * Math.PI }, 'area is wrong at radius = 1.25; expected about 19.5, got 12.5'],
    [
      { bounds: () => ({ min: [-1, -1, -1], max: [1, 1, 1], kind: 'exact' }) as const },
      'bounds is wrong at radius = 1.25; expected a box around the whole surface, got -1, -1, -1 to 1, 1, 1',
    ],
    [{ name: 'vase' }, 'the name "vase" is that of a built-in surface; expected a name of its own such as "my-vase"'],
    [{ parts: 2, closedU: false }, 'parts is wrong; expected 1, or more for a surface with closedU, got 2'],
  ])('refuses %o', (change, message) => {
    expect(() => defineSurface({ ...sphere, ...change })).toThrow(message);
  });

  it.each([
    [null, 'the definition is wrong; expected an object, got null'],
    [{}, 'domain is missing; expected { uMin, uMax, vMin, vMax } or a function of the parameters'],
    [{ ...sphere, name: undefined }, 'name is missing'],
    [{ ...sphere, parameters: undefined }, 'parameters is missing; expected a list of { name, min, max }'],
    [{ ...sphere, parameters: [null] }, 'parameters is wrong; expected a list of { name, min, max }, got [null]'],
    [{ ...sphere, parameters: [{ name: 'a', min: 0, max: 1, lable: '' }] }, 'unknown field "lable" of parameter "a"'],
    [{ ...sphere, domain: 3 }, 'domain is wrong; expected { uMin'],
    [{ ...sphere, domain: () => undefined }, 'the domain is wrong at radius = 1.25; expected finite'],
    [{ ...sphere, point: undefined }, 'point is missing; expected a function'],
    [{ ...sphere, point: () => 3 }, 'point is wrong; expected a function that returns [x, y, z], got 3'],
    [{ ...sphere, normal: () => null }, 'normal is wrong; expected a function that returns [x, y, z], got null'],
    [{ ...sphere, bounds: () => ({ min: [0, 0, 0] }) }, 'bounds is wrong at radius = 1.25; expected { min: [x, y, z]'],
    [{ ...sphere, area: 3 }, 'area is wrong; expected a function, got 3'],
    [{ ...sphere, closedu: true }, 'unknown field "closedu"; expected name, description, parameters'],
    [{ ...sphere, closedU: 'yes' }, 'closedU is wrong; expected true or false, got "yes"'],
  ])('refuses %o, which is no definition', (definition, message) => {
    expect(() => defineSurface(definition as unknown as SurfaceDefinition)).toThrow(`defineSurface: ${message}`);
  });

  it('takes normals that vanish at a pole or jump at a kink, and the area of folds it cannot follow', () => {
    const normal = (u: number, v: number) =>
      Math.abs(v) === Math.PI / 2
        ? ([0, 0, 0] as const)
        : ([Math.cos(v) * Math.cos(u), Math.cos(v) * Math.sin(u), Math.sin(v)] as const);
    expect(() => defineSurface({ ...sphere, normal })).not.toThrow();
    const plane = {
      name: 'my-roof',
      parameters: [],
      domain: { uMin: 0, uMax: 1, vMin: 0, vMax: 1 },
    };
    // A kink exactly where it is probed.
    const slope = (v: number) => (v < 0.381 ? 1 : -1);
    expect(() =>
      defineSurface({
        ...plane,
        point: (u, v) => [u, v, -Math.abs(v - 0.381)],
        normal: (_, v) => [0, -slope(v) * Math.SQRT1_2, Math.SQRT1_2],
        bounds: () => ({ min: [0, 0, -0.619], max: [1, 1, 0], kind: 'exact' }),
        area: () => Math.SQRT2,
      }),
    ).not.toThrow();
    expect(() =>
      defineSurface({ ...plane, point: (u, v) => [u, v, Math.sin(700 * v)], area: () => 445.6 }),
    ).not.toThrow();
  });
});
