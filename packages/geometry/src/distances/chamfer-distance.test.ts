import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sphere, square } from '../../test/simple-meshes.js';
import { meshArea } from '../mesh/mesh-area.js';
import { vertexAreas } from '../mesh/vertex-areas.js';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { tessellate } from '../surfaces/tessellate.js';
import { chamferDistance } from './chamfer-distance.js';

describe('chamferDistance', () => {
  it('between clouds of vertices is scipy’s', () => {
    const golden = JSON.parse(readFileSync(new URL('../../test/golden/hausdorff.json', import.meta.url), 'utf8'));
    for (const { predicted, real, steps, ...means } of golden.slice(0, 4)) {
      const [a, b] = [predicted, real].map((p) =>
        tessellate(spiralCylinder, p, { uSteps: steps[0], vSteps: steps[1] }),
      );
      const found = chamferDistance(a, b, { to: 'vertices', weights: 'vertex' });
      expect(found.aToB).toBeCloseTo(means.meanPredictedToReal, 6);
      expect(found.bToA).toBeCloseTo(means.meanRealToPredicted, 6);
      expect(found.distance).toBeCloseTo(means.chamferMeanOfMeans, 6);
    }
  });

  it('shifted planes, concentric spheres, an uneven mesh', () => {
    expect(chamferDistance(square(4), square(9, 0.25)).distance).toBeCloseTo(0.25, 12);
    expect(chamferDistance(square(4), square(9, 0.25), { squared: true }).distance).toBeCloseTo(0.0625, 12);
    expect(chamferDistance(sphere(1), sphere(1.5)).distance).toBeCloseTo(0.5, 2);
    // z = x over the plane z = 0: the mean of x is ½ whatever the mesh's vertices crowd at; (u² as u crowds them at 0).
    const tilted = square(200, 0, 1);
    const crowded = { ...tilted, positions: tilted.positions.map((value, i) => (i % 3 === 1 ? value : value ** 3)) };
    expect(chamferDistance(crowded, square(1)).aToB).toBeCloseTo(0.5, 3);
    expect(chamferDistance(crowded, square(1), { weights: 'vertex' }).aToB).toBeCloseTo(0.25, 2);
    expect(() => chamferDistance(tilted, tilted, { to: 'edges' as 'surface' })).toThrow(
      'chamferDistance: to is wrong; expected surface or vertices, got "edges"',
    );
    expect(() => chamferDistance(tilted, tilted, { weights: 'x' as 'area' })).toThrow('weights is wrong');
  });

  it('vertex areas sum up to the area', () => {
    const mesh = sphere(1.3);
    expect(vertexAreas(mesh).reduce((a, b) => a + b)).toBeCloseTo(meshArea(mesh), 9);
  });
});
