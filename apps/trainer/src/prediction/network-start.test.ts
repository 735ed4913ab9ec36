import { expect, it } from 'vitest';
import { networkStart } from './network-start.js';

const shape = Float32Array.of(0.5, 0.25);
const cameraAngles = { x: 1, y: 2, z: 0 };

it('hands on what a network says, and nothing that it does not', () => {
  expect(networkStart({ shape })).toEqual({ normalized: shape });
  const camera = { cameraAngles, found: ['x', 'y'] as const };
  expect(networkStart({ shape, camera })).toEqual({ normalized: shape, cameraAngles });
  const spread = Float32Array.of(0.1, 0.2);
  expect(networkStart({ shape, spread, camera: { ...camera, spread: 0.2 } })).toEqual({
    ...{ normalized: shape, spread, cameraAngles, cameraSpread: 0.2 },
  });
  expect(networkStart({ shape, camera: { ...camera, spread: 0 } }).cameraSpread).toBe(0.03);
});
