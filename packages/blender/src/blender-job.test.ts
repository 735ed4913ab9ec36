import { cameraRotation } from '@kanrecon/render';
import { expect, it } from 'vitest';
import { jobLine } from './blender-job.js';
import { meshFile } from './mesh-file.js';

it('writes a job as one line of ASCII', () => {
  const camera = { location: [1, 2, 3], rotation: cameraRotation({ x: 0, y: 0, z: 0 }), tanHalfFov: 0.36 } as const;
  const sun = { direction: [0, 0, 1], strength: 1 } as const;
  const numbers = { ambient: 0.2, size: 64, samples: 8, seed: 5, occlusion: true };
  const line = jobLine({ mesh: new Uint8Array(3), camera, sun, ...numbers }, 7, '/Bücher/日本', 'C:\\x');
  expect(line).toMatch(/^[\x20-\x7e]+\n$/);
  const parsed = JSON.parse(line);
  expect(parsed).toMatchObject({ ...numbers, id: 7, mesh: '/Bücher/日本', out: 'C:\\x', baseColor: null });
  expect(parsed.camera.rotation).toEqual([1, 0, 0, 0, 1, 0, -0, 0, 1].map((value) => value + 0));
});

it('writes a mesh as counts, positions, normals, indices and colours', () => {
  const positions = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  const bytes = meshFile(
    { positions, indices: Uint32Array.of(0, 1, 2) },
    [0, 0, 1, 0, 0, 1, 0, 0, 1],
    new Float32Array(9).fill(0.5),
  );
  const view = new DataView(bytes.buffer);
  expect([0, 4, 8].map((at) => view.getUint32(at, true))).toEqual([3, 1, 1]);
  expect(view.getFloat32(12, true)).toBe(1);
  expect(view.getFloat32(12 + 36 + 8, true)).toBe(1);
  expect(view.getUint32(12 + 72 + 8, true)).toBe(2);
  expect(view.getFloat32(12 + 84, true)).toBe(0.5);
  expect(bytes.length).toBe(12 + 84 + 36);
});
