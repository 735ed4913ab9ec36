import { describe, expect, it } from 'vitest';
import { createFlutedColumn, flutedColumn } from './fluted-column.js';
import { spiralCylinder } from './spiral-cylinder.js';

const us = Float64Array.of(0, 0.3, 2, 5.9, 2 * Math.PI);
const vs = Float64Array.of(0, 0.01, 0.7, 1.9, 2.2);

describe.each([spiralCylinder, flutedColumn, createFlutedColumn({ name: 'deep', lobes: 3, depth: 0.5 })])(
  'grid of $name',
  (surface) => {
    it.each([
      [[1, 2.2, 1.5, 4, 0.3, 3]],
      [[0.5, 2.2, 2, 5, 0.5, 4]],
      // Beyond the axis: a negative radius.
      [[0.5, 2.2, 1, 2, 1.4, 3]],
    ])('is what position and normal give point by point, parameters %o', (parameters) => {
      const positions = new Float64Array(3 * us.length * vs.length);
      const normals = new Float64Array(positions.length);
      surface.grid!(us, vs, parameters, positions, normals);
      const [point, normal] = [new Float64Array(3), new Float64Array(3)];
      us.forEach((u, i) => {
        vs.forEach((v, j) => {
          surface.position(u, v, parameters, point);
          surface.normal!(u, v, parameters, normal);
          for (let axis = 0; axis < 3; axis++) {
            const at = 3 * (i * vs.length + j) + axis;
            expect(positions[at]).toBeCloseTo(point[axis], 13);
            expect(normals[at]).toBeCloseTo(normal[axis], 12);
          }
        });
      });
    });

    it('leaves normals out when there is nowhere to put them', () => {
      const positions = new Float32Array(3 * us.length * vs.length);
      surface.grid!(us, vs, [1, 2.2, 1.5, 4, 0.3, 3], positions);
      const point = [0, 0, 0];
      surface.position(us[0], vs[1], [1, 2.2, 1.5, 4, 0.3, 3], point);
      for (let axis = 0; axis < 3; axis++) expect(positions[3 + axis]).toBeCloseTo(point[axis], 6);
    });
  },
);
