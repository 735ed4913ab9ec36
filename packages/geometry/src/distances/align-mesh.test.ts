import { describe, expect, it } from 'vitest';
import type { Mesh } from '../mesh/mesh.js';
import { flutedColumn } from '../surfaces/built-in/fluted-column.js';
import { tessellate } from '../surfaces/tessellate.js';
import { alignMesh } from './align-mesh.js';
import { hausdorff } from './hausdorff.js';
import { surfaceHausdorff } from './surface-hausdorff.js';

describe('alignMesh', () => {
  const steps = { uSteps: 100, vSteps: 60 };
  const mesh = tessellate(flutedColumn, [1, 2, 1, 2, 0.2, 2], steps);
  const moved = (scale: number, angle: number): Mesh => ({
    indices: mesh.indices,
    positions: mesh.positions.map((value, i, all) => {
      if (i % 3 === 2) return scale * value;
      const [x, y] = [all[i - (i % 3)], all[i - (i % 3) + 1]];
      return (
        scale * (i % 3 === 0 ? Math.cos(angle) * x - Math.sin(angle) * y : Math.sin(angle) * x + Math.cos(angle) * y)
      );
    }),
  });

  it('finds scale and angle', () => {
    const found = alignMesh(mesh, moved(1.37, 0.5));
    expect(found.scale).toBeCloseTo(1.37, 4);
    // Five lobes: five right answers.
    const fifth = (2 * Math.PI) / 5;
    expect(Math.abs(((found.angle - 0.5 + 10.5 * fifth) % fifth) - fifth / 2)).toBeLessThan(1e-3);
    expect(found.distance).toBeLessThan(1e-4);
    expect(hausdorff(found.mesh, moved(1.37, 0.5))).toBeLessThan(0.05);
    expect(surfaceHausdorff(found.mesh, moved(1.37, 0.5)).distance).toBeLessThan(1e-3);
  });

  it('changes only what it may', () => {
    const scaled = alignMesh(mesh, moved(0.6, 0.4), { rotation: false });
    expect(scaled.angle).toBe(0);
    expect(scaled.scale).toBeCloseTo(0.6, 1);
    const turned = alignMesh(mesh, moved(1, 0.4), { scale: false });
    expect(turned.scale).toBe(1);
    expect(turned.distance).toBeLessThan(1e-4);
    expect(alignMesh(mesh, mesh, { scale: false, rotation: false }).mesh.positions).toEqual(mesh.positions);
    expect(() => alignMesh(mesh, mesh, { samples: 0 })).toThrow('alignMesh: samples is wrong');
    expect(() => alignMesh(mesh, { ...mesh, positions: mesh.positions.map(() => 0) })).toThrow('a point at the origin');
  });
});
