import { describe, expect, it } from 'vitest';
import { drawView } from '../draw-view.js';
import { renderBatch } from '../render-batch.js';
import { sceneByName } from '../scenes.js';
import { cameraTargets, parseCameraTarget, type ShownCameraAngle } from './camera-target.js';
import { cameraValues } from './camera-values.js';
import { foundCamera } from './found-camera.js';

const degree = Math.PI / 180;
const turn = 2 * Math.PI;
const scene = sceneByName('observable');
const shown = (zOrder = 1, zShows = true): ShownCameraAngle[] => [
  { angle: 'x', shows: true, min: 30 * degree, max: 70 * degree, round: false, order: 1 },
  { angle: 'y', shows: true, min: 0, max: turn, round: true, order: 1 },
  { angle: 'z', shows: zShows, min: 0, max: turn, round: true, order: zOrder },
];
const names = (angles: ShownCameraAngle[]) => cameraTargets(angles).map(({ name }) => name);

describe('cameraTargets', () => {
  it('are numbers without a jump, of what shows', () => {
    expect(names(shown())).toEqual(['camera_x', 'camera_y_cos', 'camera_y_sin', 'camera_z_cos', 'camera_z_sin']);
    expect(names(shown(5)).slice(3)).toEqual(['camera_5z_cos', 'camera_5z_sin']);
    expect(names(shown(1, false))).toHaveLength(3);
    expect(cameraTargets(shown())[0]).toEqual({ name: 'camera_x', min: 30 * degree, max: 70 * degree, unit: 'rad' });
    // A quarter of a turn in which images repeat after 72° has a jump; a fixed angle has nothing to tell.
    const z = { angle: 'z', shows: true, min: 0, max: turn / 4, round: false, order: 5 } as const;
    expect(names([z])).toEqual(['camera_5z_cos', 'camera_5z_sin']);
    expect(names([{ ...z, order: 1 }])).toEqual(['camera_z']);
    expect(names([{ ...z, max: 0 }])).toEqual([]);
  });

  it('are known by their names', () => {
    expect(parseCameraTarget({ name: 'camera_12y_sin' })).toEqual({ angle: 'y', part: 'sin', order: 12 });
    expect(parseCameraTarget({ name: 'camera_x' })).toEqual({ angle: 'x', part: 'angle', order: 1 });
    for (const name of ['camera', 'camera_5z', 'camera_1z_cos', 'camera_w', 'radius', 'camera_x_tan']) {
      expect(parseCameraTarget({ name })).toBeUndefined();
    }
  });
});

describe('cameraValues and foundCamera', () => {
  it.each([1, 5])('are inverse to each other, up to what looks the same: order %i', (order) => {
    const targets = cameraTargets(shown(order));
    for (let index = 0; index < 50; index++) {
      const { cameraAngles } = drawView(scene, 3, index, 0);
      const values = cameraValues(scene, targets, cameraAngles);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      const found = foundCamera(targets, values);
      expect(found.orders).toEqual({ x: 1, y: 1, z: order });
      expect(found.angles.z).toBeLessThan(turn / order);
      for (const name of ['x', 'y', 'z'] as const) {
        const period = turn / found.orders[name]!;
        expect(Math.abs(Math.sin((Math.PI * (found.angles[name]! - cameraAngles[name])) / period))).toBeLessThan(1e-5);
      }
    }
  });

  it('takes angles of any turn, and the same one of two triples for an orientation where both are in range', () => {
    const targets = cameraTargets(shown());
    const values = cameraValues(scene, targets, { x: 0.8, y: 2.5, z: 1 });
    const turned = cameraValues(scene, targets, { x: 0.8 - turn, y: 2.5 + 2 * turn, z: 1 - turn });
    turned.forEach((value, i) => {
      expect(value).toBeCloseTo(values[i]!, 5);
    });
    // Of x within 40° there is one triple only.
    expect(foundCamera(targets, values).angles.y).toBeCloseTo(2.5, 5);
    const round = { ...scene, camera: { ...scene.camera, x: [0, turn] as const } };
    const all = cameraTargets(shown().map((angle) => ({ ...angle, min: 0, max: turn, round: true })));
    const [one, other] = [
      { x: 0.8, y: 2.5, z: 1 },
      { x: 0.8 + Math.PI, y: Math.PI - 2.5, z: 1 + Math.PI },
    ].map((angles) => cameraValues(round, all, angles)) as [Float32Array, Float32Array];
    one.forEach((value, i) => {
      expect(value).toBeCloseTo(other[i]!, 6);
    });
    expect(Math.cos(foundCamera(all, one).angles.y!)).toBeGreaterThan(0);
  });

  it('refuses a target that is not about the camera', () => {
    const targets = [{ name: 'radius', min: 0, max: 1 }];
    expect(() => cameraValues(scene, targets, { x: 0, y: 0, z: 0 })).toThrow(
      'is not about the camera; expected camera_x',
    );
  });
});

describe('renderBatch', () => {
  it("tells each view's camera behind the shape's parameters", () => {
    const options = { seed: 5, batch: 1, batchSize: 2, imageSize: 32 };
    const targets = cameraTargets(shown());
    const plain = renderBatch(scene, options);
    const all = renderBatch(scene, { ...options, cameraTargets: targets });
    expect(all.images).toEqual(plain.images);
    expect(all.targets).toHaveLength(2 * 11);
    for (let i = 0; i < 2; i++) {
      const row = all.targets.subarray(11 * i, 11 * (i + 1));
      expect(row.subarray(0, 6)).toEqual(plain.targets.subarray(6 * i, 6 * (i + 1)));
      const { cameraAngles } = drawView(scene, 5, 2 + i, 0);
      expect(row.subarray(6)).toEqual(cameraValues(scene, targets, cameraAngles));
    }
  });
});
