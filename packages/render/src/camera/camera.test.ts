import { describe, expect, it } from 'vitest';
import { cameraRotation } from './camera-rotation.js';
import { fitCamera } from './fit-camera.js';
import { fixedCamera } from './fixed-camera.js';
import { projectPoint } from './project-point.js';

describe('cameraRotation', () => {
  it('is Rz · Ry · Rx', () => {
    const { cos, sin } = Math;
    const [x, y, z] = [0.3, -1.1, 2.5];
    const multiply = (a: number[], b: number[]) =>
      a.map((_, k) => [0, 1, 2].reduce((sum, i) => sum + a[3 * Math.floor(k / 3) + i] * b[3 * i + (k % 3)], 0));
    const rx = [1, 0, 0, 0, cos(x), -sin(x), 0, sin(x), cos(x)];
    const ry = [cos(y), 0, sin(y), 0, 1, 0, -sin(y), 0, cos(y)];
    const rz = [cos(z), -sin(z), 0, sin(z), cos(z), 0, 0, 0, 1];
    const expected = multiply(rz, multiply(ry, rx));
    for (const [k, value] of cameraRotation({ x, y, z }).entries()) expect(value).toBeCloseTo(expected[k], 14);
  });

  it('refuses angles that are no numbers', () => {
    expect(() => cameraRotation({ x: Number.NaN, y: 0, z: 0 })).toThrow(/cameraRotation: angles must be finite/);
  });
});

describe('fitCamera', () => {
  const rotation = cameraRotation({ x: 0.9, y: 0.4, z: -2 });

  it('makes the outermost vertices touch the frame on the tighter axis, and centres the other', () => {
    const positions = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, -1, 1, 1);
    const camera = fitCamera(positions, rotation);
    const pixels = Array.from({ length: 5 }, (_, k) =>
      projectPoint(camera, [positions[3 * k], positions[3 * k + 1], positions[3 * k + 2]], 100),
    );
    const [x, y] = [0, 1].map((axis) => {
      const values = pixels.map((pixel) => pixel[axis]);
      return [Math.min(...values), Math.max(...values)];
    });
    const [tight, loose] = x[1] - x[0] > y[1] - y[0] ? [x, y] : [y, x];
    expect(tight[0]).toBeCloseTo(0, 6);
    expect(tight[1]).toBeCloseTo(100, 6);
    expect(loose[0]).toBeGreaterThan(0);
    expect(loose[1]).toBeLessThan(100);
  });

  it.each([
    [new Float32Array(0), rotation, /no object/],
    [Float32Array.of(0, Number.NaN, 0), rotation, /positions must be finite/],
    [Float32Array.of(0, 0, 0), new Float64Array(3), /rotation must be 9 finite numbers/],
  ])('refuses bad input', (positions, turned, message) => {
    expect(() => fitCamera(positions, turned)).toThrow(message);
  });
});

describe('fixedCamera', () => {
  const rotation = cameraRotation({ x: 0.8, y: -0.3, z: 2 });
  const target = [0.3, -1, 1.5] as const;

  it('shows its target in the middle, at the distance asked for', () => {
    const camera = fixedCamera({ rotation, target, distance: 9 });
    const [px, py, depth] = projectPoint(camera, target, 64);
    expect([px, py, depth]).toEqual([expect.closeTo(32, 10), expect.closeTo(32, 10), expect.closeTo(9, 10)]);
    expect(Math.hypot(...camera.location.map((value, axis) => value - target[axis]))).toBeCloseTo(9, 12);
    expect(camera.tanHalfFov).toBe(0.36);
  });

  it('shows half the frame at distance · tan(fov/2) to the right of the target', () => {
    const camera = fixedCamera({ rotation, target, distance: 4, tanHalfFov: 0.5 });
    const right = [0, 3, 6].map((k, axis) => target[axis] + 2 * rotation[k]) as unknown as [number, number, number];
    const [px, py] = projectPoint(camera, right, 64);
    expect([px, py]).toEqual([expect.closeTo(64, 10), expect.closeTo(32, 10)]);
  });

  it.each([
    [{ rotation, target, distance: 0 }, /fixedCamera: distance must be a positive number, got 0/],
    [{ rotation, target, distance: Number.NaN }, /distance/],
    [{ rotation, target: [0, 0, Number.NaN] as const, distance: 1 }, /target/],
    [{ rotation: new Float64Array(3), target, distance: 1 }, /rotation/],
    [{ rotation, target, distance: 1, tanHalfFov: -1 }, /tanHalfFov/],
  ])('refuses %o', (options, message) => {
    expect(() => fixedCamera(options)).toThrow(message);
  });
});
