import { alignMesh, chamferDistance, defineSurface, surfaceHausdorff, tessellate } from '@kanrecon/geometry';
import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { compareReconstruction } from './compare-reconstruction.js';

const study = sceneByName('study');
const tubes = {
  surface: defineSurface({
    name: 'tube',
    parameters: [
      { name: 'radius', min: 0.5, max: 2 },
      { name: 'height', min: 1, max: 3 },
    ],
    domain: ({ height }) => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: height! }),
    point: (u, v, { radius }) => [radius! * Math.cos(u), radius! * Math.sin(u), v],
    closedU: true,
  }),
};
const tube = { radius: 1, height: 2 };

describe('compareReconstruction', () => {
  it('is nothing for the same shape', () => {
    const { size, asFound, scaled } = compareReconstruction(tubes, tube, tube);
    expect(size).toBeCloseTo(Math.hypot(2, 2, 2), 3);
    expect(asFound.hausdorff).toBeLessThan(1e-12);
    expect(asFound.hausdorffError).toBeLessThan(1e-3);
    expect(asFound.mean).toBeLessThan(1e-12);
    expect(scaled.scale).toBeCloseTo(1, 4);
    expect(scaled.hausdorff).toBeLessThan(1e-3);
  });

  it('knows tubes of other radius and height: distances that can be told by hand', () => {
    const wider = compareReconstruction(tubes, { ...tube, radius: 1.25 }, tube).asFound;
    expect(wider.hausdorff).toBeCloseTo(0.25, 3);
    expect(wider.mean).toBeCloseTo(0.25, 2);
    const higher = compareReconstruction(tubes, { ...tube, height: 2.5 }, tube).asFound;
    expect(higher.hausdorff).toBeCloseTo(0.5, 3);
    // A fifth of the higher tube is a quarter away on average, the rest and the other way nothing.
    expect(higher.mean).toBeCloseTo((0.2 * 0.25) / 2, 2);
  });

  it('takes the size away by the best scale', () => {
    const { asFound, scaled } = compareReconstruction(tubes, { ...tube, radius: 1.25, height: 2.5 }, tube);
    expect(asFound.hausdorff).toBeGreaterThan(0.4);
    expect(scaled.scale).toBeCloseTo(0.8, 3);
    expect(scaled.hausdorff).toBeLessThan(2e-3);
    expect(scaled.mean).toBeLessThan(1e-3);
  });

  it("is what geometry's functions say of the meshes", () => {
    const real = { radius: 1, height: 2, twist_amp: 1, twist_freq: 2, wave_amp: 0.2, wave_freq: 3 };
    const found = { ...real, radius: 0.8, wave_freq: 2 };
    const meshSteps = { uSteps: 30, vSteps: 20 };
    const comparison = compareReconstruction(study, found, real, { meshSteps });
    const [a, b] = [found, real].map((shape) => tessellate(study.surface, shape, meshSteps));
    const { distance, error } = surfaceHausdorff(a!, b!);
    const mean = chamferDistance(a!, b!).distance;
    expect(comparison.asFound).toEqual({ mean, hausdorff: distance, hausdorffError: error });
    const { mesh, scale } = alignMesh(a!, b!, { rotation: false, samples: 200 });
    expect(comparison.scaled).toMatchObject({ scale, hausdorff: surfaceHausdorff(mesh, b!).distance });
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  it('moves the prediction into its ranges, as reconstruct does, but not the truth', () => {
    const coarse = { meshSteps: { uSteps: 60, vSteps: 10 } };
    const below = compareReconstruction(tubes, { ...tube, radius: -3 }, tube, coarse);
    expect(below).toEqual(compareReconstruction(tubes, { ...tube, radius: 0.5 }, tube, coarse));
    const thin = compareReconstruction(tubes, { ...tube, radius: 0.5 }, { ...tube, radius: 0.25 }, coarse);
    expect(thin.asFound.hausdorff).toBeCloseTo(0.25, 3);
  });

  it('refuses what is no shape', () => {
    const { height: _, ...without } = tube;
    expect(() => compareReconstruction(tubes, without, tube)).toThrow(
      'compareReconstruction: the predicted shape is wrong; expected a finite number for height of tube, got undefined',
    );
    expect(() => compareReconstruction(tubes, tube, { ...tube, radius: Number.NaN })).toThrow(
      'the real shape is wrong',
    );
  });
});
