import { describe, expect, it } from 'vitest';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { superellipsoid } from '../surfaces/built-in/superellipsoid.js';
import { tessellate } from '../surfaces/tessellate.js';
import { hausdorff } from './hausdorff.js';
import { surfaceDistances } from './surface-distances.js';
import { surfaceHausdorff } from './surface-hausdorff.js';
import { volumeIoU } from './volume-iou.js';

describe('meshes of 1,000 × 1,000 quads', () => {
  const steps = { uSteps: 1000, vSteps: 1000 };

  it('all distances', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1, 2, 0.3, 3], steps);
    const b = tessellate(spiralCylinder, [1.02, 2, 1, 2, 0.3, 3], steps);
    // Along each row the radius differs by 0.02: so do the surfaces, or a little less where they slope.
    const exact = hausdorff(a, b);
    expect(exact).toBeGreaterThan(0.0199);
    expect(exact).toBeLessThan(0.0201);
    const distances = surfaceDistances(a, b);
    expect(distances).toHaveLength(1001 ** 2);
    expect(distances.reduce((x, y) => Math.max(x, y))).toBeLessThanOrEqual(exact);
    expect(distances.reduce((x, y) => Math.min(x, y))).toBeGreaterThan(0.012);
    const between = surfaceHausdorff(a, b);
    expect(between.distance).toBeLessThanOrEqual(exact + 1e-12);
    expect(between.error).toBeLessThanOrEqual(1e-3);
  });

  it('volumes', () => {
    const [a, b] = [1, 0.9].map((size) => tessellate(superellipsoid, [size, size, size, 1, 1], steps));
    const { iou, error } = volumeIoU(a, b);
    expect(Math.abs(iou - 0.729)).toBeLessThan(error + 1e-6);
    // Half a minute where nothing else runs.
  }, 180_000);
});
