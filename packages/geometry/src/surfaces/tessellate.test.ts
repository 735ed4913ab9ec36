import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spiralCylinder } from './built-in/spiral-cylinder.js';
import { SurfaceError } from './surface-error.js';
import { surfaceNormals } from './surface-normals.js';
import { tessellate } from './tessellate.js';

interface Table {
  parameters: Record<string, number>;
  uSteps: number;
  vSteps: number;
  positions: [number, number, number][];
}
// From an independent Python computation in double precision.
const table: Table = JSON.parse(readFileSync(new URL('../../test/golden/tessellation.json', import.meta.url), 'utf8'));

describe('tessellate', () => {
  it('gives the table of a coarse mesh in the study’s vertex order', () => {
    const mesh = tessellate(spiralCylinder, table.parameters, { uSteps: table.uSteps, vSteps: table.vSteps });
    expect(table.positions).toHaveLength(20);
    expect(mesh.positions).toHaveLength(60);
    table.positions.forEach((row, vertex) => {
      row.forEach((value, axis) => {
        expect(Math.abs(mesh.positions[3 * vertex + axis] - value), `vertex ${vertex}`).toBeLessThan(2e-7);
      });
    });
  });

  it('computes points by hand', () => {
    // v = 0: no twist, r = 1 + 0.5. v = 2: angle = u + 1·sin(π/4·2) = u + 1, r = 1 + 0.5·cos(2·π/2) = 0.5.
    const parameters = [1, 2, 1, Math.PI / 4, 0.5, Math.PI / 2];
    const { positions } = tessellate(spiralCylinder, parameters, { uSteps: 2, vSteps: 1 });
    const expected = [
      [1.5, 0, 0],
      [0.5 * 0.5403023058681398, 0.5 * 0.8414709848078965, 2],
      [-1.5, 0, 0],
      [-0.5 * 0.5403023058681398, -0.5 * 0.8414709848078965, 2],
      [1.5, 0, 0],
      [0.5 * 0.5403023058681398, 0.5 * 0.8414709848078965, 2],
    ];
    expected.flat().forEach((value, i) => {
      expect(positions[i]).toBeCloseTo(value, 6);
    });
  });

  it('makes two triangles a quad, anticlockwise from outside', () => {
    const { positions, indices } = tessellate(spiralCylinder, table.parameters, { uSteps: 2, vSteps: 1 });
    expect([...indices]).toEqual([0, 2, 3, 0, 3, 1, 2, 4, 5, 2, 5, 3]);
    expect(positions).toHaveLength(18);
    const fine = tessellate(spiralCylinder, table.parameters, { uSteps: 30, vSteps: 20 });
    const at = (k: number, axis: number) => fine.positions[3 * fine.indices[k] + axis];
    for (let k = 0; k < fine.indices.length; k += 3) {
      const [ab, ac] = [1, 2].map((corner) => [0, 1].map((axis) => at(k + corner, axis) - at(k, axis)));
      const [abZ, acZ] = [1, 2].map((corner) => at(k + corner, 2) - at(k, 2));
      const normal = [ab[1] * acZ - abZ * ac[1], abZ * ac[0] - ab[0] * acZ];
      expect(normal[0] * at(k, 0) + normal[1] * at(k, 1)).toBeGreaterThan(0);
    }
  });

  it('has 40,401 vertices and 80,000 triangles by default, the seam there twice and exactly the same', () => {
    const { positions, indices } = tessellate(spiralCylinder, table.parameters);
    expect(positions).toHaveLength(3 * 40401);
    expect(indices).toHaveLength(3 * 80000);
    expect(indices.reduce((a, b) => Math.max(a, b))).toBe(40400);
    expect(positions.slice(-3 * 201)).toEqual(positions.slice(0, 3 * 201));
  });

  it('refuses wrong arguments', () => {
    expect(() => tessellate(spiralCylinder, table.parameters, { uSteps: 0 })).toThrow(
      'tessellate: uSteps must be a positive integer, got 0',
    );
    expect(() => tessellate(spiralCylinder, table.parameters, { vSteps: 1.5 })).toThrow('vSteps must be');
    expect(() => tessellate(spiralCylinder, { radius: 1 })).toThrow('parameter "height"');
    expect(() => tessellate(spiralCylinder, [1, 2, 3])).toThrow('expected 6');
    expect(() => tessellate(spiralCylinder, [1, 2, 3, 4, 5, Number.NaN])).toThrow('"wave_freq"');
    const nothing = undefined as unknown as number[];
    expect(() => tessellate(spiralCylinder, nothing)).toThrow(
      'the parameters of surface "spiral-cylinder" are missing; expected a record or a list of radius, height',
    );
    for (const make of [tessellate, surfaceNormals]) {
      expect(() => make(spiralCylinder, table.parameters, { uSteps: 1e9 })).toThrow(
        'too many vertices; expected at most 67108864, got 201000000201 with uSteps = 1000000000 and vSteps = 200; take fewer steps',
      );
    }
  });

  it('refuses points that are not finite in single precision, and says where', () => {
    const far = () => tessellate(spiralCylinder, [1e200, 2, 1, 2, 0.3, 3]);
    expect(far).toThrow(SurfaceError);
    expect(far).toThrow(
      'tessellate: a point of the surface "spiral-cylinder" is not finite at u = 0, v = 0, radius = 1e+200, height = 2',
    );
    const hole = {
      ...spiralCylinder,
      position(...[u, v, p, out, offset = 0]: Parameters<typeof spiralCylinder.position>) {
        spiralCylinder.position(u, v, p, out, offset);
        if (u > 3 && v > 1) out[offset + 1] = Number.NaN;
      },
    };
    expect(() => tessellate(hole, [1, 2, 1, 2, 0.3, 3], { uSteps: 2, vSteps: 4 })).toThrow(
      /is not finite at u = 3\.14\d*, v = 1\.5, radius = 1, .*; expected three numbers of less than 3\.4e38, got -\d[^,]*, NaN, 1\.5;/,
    );
  });
});
