import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vertexNormals } from '../mesh/vertex-normals.js';
import { spiralCylinder } from './built-in/spiral-cylinder.js';
import type { ParametricSurface } from './parametric-surface.js';
import { surfaceNormal } from './surface-normal.js';
import { tessellate } from './tessellate.js';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const { normal: _, ...withoutNormal } = spiralCylinder;
const byDifferences: ParametricSurface = withoutNormal;

/** Unit sphere, v from pole to pole; u anticlockwise seen from above. */
const sphere: ParametricSurface = {
  name: 'sphere',
  parameters: [],
  closedU: true,
  closedV: false,
  domain: () => ({ uMin: 0, uMax: 2 * Math.PI, vMin: -Math.PI / 2, vMax: Math.PI / 2 }),
  position(u, v, _parameters, out, offset = 0) {
    out[offset] = Math.cos(u) * Math.cos(v);
    out[offset + 1] = Math.sin(u) * Math.cos(v);
    out[offset + 2] = Math.sin(v);
  },
};

describe('surfaceNormal', () => {
  it('of the spiral cylinder is what finite differences give, also at the edges and beyond the axis', () => {
    fc.assert(
      fc.property(fc.tuple(unit, unit, unit, unit, unit, unit), unit, unit, fc.boolean(), (scaled, s, t, beyond) => {
        const parameters = spiralCylinder.parameters.map(({ min, max }, i) => min + scaled[i] * (max - min));
        if (beyond) parameters[4] = 2 * parameters[0];
        const [u, v] = [s * 2 * Math.PI, t * parameters[1]];
        const radius = parameters[0] + parameters[4] * Math.cos(parameters[5] * v);
        fc.pre(Math.abs(radius) > 1e-3);
        const analytic = [0, 0, 0, 0];
        const numeric = [0, 0, 0, 0];
        surfaceNormal(spiralCylinder, u, v, parameters, analytic, 1);
        surfaceNormal(byDifferences, u, v, parameters, numeric, 1);
        expect(Math.hypot(...analytic)).toBeCloseTo(1, 12);
        for (let i = 0; i < 4; i++) expect(Math.abs(analytic[i] - numeric[i])).toBeLessThan(1e-5);
        const point = [0, 0, 0];
        spiralCylinder.position(u, v, parameters, point);
        expect(analytic[1] * point[0] + analytic[2] * point[1]).toBeGreaterThan(0);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('of a sphere is the point itself, at the poles too', () => {
    for (const u of [0, 1, 2 * Math.PI]) {
      for (const v of [-Math.PI / 2, -1, 0, 0.5, Math.PI / 2]) {
        const [point, normal] = [new Float64Array(3), new Float64Array(3)];
        sphere.position(u, v, [], point);
        surfaceNormal(sphere, u, v, [], normal);
        // At a pole the normal is that of a point 0.001 of the way to the other pole.
        const tolerance = Math.abs(v) > 1.57 ? 4e-3 : 1e-8;
        for (let i = 0; i < 3; i++) expect(Math.abs(normal[i] - point[i])).toBeLessThan(tolerance);
      }
    }
  });

  it('is zero where there is none', () => {
    const line: ParametricSurface = {
      ...sphere,
      position(u, _v, _parameters, out) {
        for (let axis = 0; axis < 3; axis++) out[axis] = u;
      },
    };
    const normal = [1, 1, 1];
    surfaceNormal(line, 1, 0, [], normal);
    expect(normal).toEqual([0, 0, 0]);
  });
});

describe('vertexNormals', () => {
  const parameters = [1, 2, 1, 2, 0.3, 3];

  it('come near the surface’s own, also at the seam', () => {
    const mesh = tessellate(spiralCylinder, parameters, { uSteps: 100, vSteps: 100 });
    const normals = vertexNormals(mesh);
    const expected = new Float64Array(3);
    for (let i = 0, vertex = 0; i <= 100; i++) {
      for (let j = 0; j <= 100; j++, vertex++) {
        surfaceNormal(spiralCylinder, (i / 100) * 2 * Math.PI, (j / 100) * 2, parameters, expected);
        const cosine = expected.reduce((sum, value, axis) => sum + value * normals[3 * vertex + axis], 0);
        // At the open ends a vertex has triangles on one side only.
        expect(cosine).toBeGreaterThan(j === 0 || j === 100 ? 0.99 : 0.9995);
      }
    }
    const row = 3 * 101;
    expect(normals.slice(-row)).toEqual(normals.slice(0, row));
  });

  it('are weighted by area: at a cube’s corner all three sides count alike, however they are cut', () => {
    const positions = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0);
    // The xy side is two triangles here, the others one each of half the area.
    const indices = Uint32Array.of(0, 1, 4, 0, 4, 2, 0, 3, 1, 0, 2, 3);
    const normals = vertexNormals({ positions, indices });
    // Sums: z: 1 + 1, y: 1 (towards +y: (0,3,1) turns about y), x: 1.
    const length = Math.sqrt(6);
    [1 / length, 1 / length, 2 / length].forEach((value, axis) => {
      expect(normals[axis]).toBeCloseTo(value, 6);
    });
    expect(() => vertexNormals({ positions, indices }, new Float32Array(3))).toThrow('expected 15, got 3');
    expect(() => vertexNormals({ positions, indices: Uint32Array.of(0, 1, 5) })).toThrow(
      'vertexNormals: index 2 of the mesh has no vertex; expected less than 5, got 5',
    );
  });

  it('are zero for triangles without area, and see −0 as 0', () => {
    const flat = { positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 2) };
    expect([...vertexNormals(flat)]).toEqual(new Array(9).fill(0));
    const positions = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, -0, -0, -0, 0, 1, 0, 0, 0, 1);
    const normals = vertexNormals({ positions, indices: Uint32Array.of(0, 1, 2, 3, 4, 5) });
    expect(normals.slice(0, 3)).toEqual(normals.slice(9, 12));
    expect(normals[0]).toBeCloseTo(Math.SQRT1_2, 6);
  });
});
