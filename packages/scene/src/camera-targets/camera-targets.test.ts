import { describe, expect, it } from 'vitest';
import { drawView } from '../draw-view.js';
import { renderBatch } from '../render-batch.js';
import { sceneByName } from '../scenes.js';
import { cameraDifference } from './camera-difference.js';
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
      const { angles, rotation } = cameraDifference(cameraAngles, found);
      for (const name of ['x', 'y', 'z'] as const) expect(angles[name]).toBeLessThan(1e-5);
      expect(rotation).toBeLessThan(1e-5);
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

describe('cameraDifference', () => {
  const real = { x: 50 * degree, y: 80 * degree, z: 20 * degree };
  const orders = { x: 1, y: 1, z: 1 };

  it('is the angle of each, and of the rotation between both', () => {
    const { angles, rotation } = cameraDifference(real, { angles: { ...real, z: 350 * degree }, orders });
    expect(angles.z).toBeCloseTo(30 * degree, 9);
    expect(rotation).toBeCloseTo(30 * degree, 9);
  });

  it('is least over what was not found and what looks the same', () => {
    // About the vertical nothing shows: what is left is the angle between the two verticals as the cameras see them.
    const { angles, rotation } = cameraDifference(real, {
      angles: { x: real.x, y: 90 * degree },
      orders: { x: 1, y: 1 },
    });
    expect(Object.keys(angles)).toEqual(['x', 'y']);
    expect(rotation).toBeCloseTo(10 * degree, 9);
    const fluted = { angles: { ...real, z: real.z + (3 * turn) / 5 + degree }, orders: { ...orders, z: 5 } };
    expect(cameraDifference(real, fluted).angles.z).toBeCloseTo(degree, 9);
    expect(cameraDifference(real, fluted).rotation).toBeCloseTo(degree, 6);
    expect(cameraDifference(real, { angles: {}, orders: {} }).rotation).toBeLessThan(1e-3);
  });

  it('sees that errors of x and z cancel where the camera looks along their common axis', () => {
    const side = { x: 40 * degree, y: 90 * degree, z: 100 * degree };
    const { angles, rotation } = cameraDifference(side, {
      angles: { ...side, x: 60 * degree, z: 120 * degree },
      orders,
    });
    expect(angles.x).toBeCloseTo(20 * degree, 9);
    expect(rotation).toBeLessThan(1e-6);
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
