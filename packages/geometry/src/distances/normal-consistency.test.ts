import { describe, expect, it } from 'vitest';
import { sphere, square } from '../../test/simple-meshes.js';
import { normalConsistency } from './normal-consistency.js';

describe('normalConsistency', () => {
  it('spheres, a tilted plane, a turned mesh', () => {
    expect(normalConsistency(sphere(1), sphere(1.5)).consistency).toBeGreaterThan(0.999);
    const tilted = normalConsistency(square(5), square(5, 0, 1));
    expect(tilted.aToB).toBeCloseTo(Math.SQRT1_2, 6);
    expect(tilted.bToA).toBeCloseTo(Math.SQRT1_2, 6);
    const turned = square(5);
    const back = { ...turned, indices: turned.indices.map((_, k, all) => all[k - (k % 3) + ((3 - (k % 3)) % 3)]) };
    expect(normalConsistency(turned, back).consistency).toBeCloseTo(1, 6);
    expect(normalConsistency(turned, back, { oriented: true }).consistency).toBeCloseTo(-1, 6);
  });
});
