import { describe, expect, it } from 'vitest';
import { isWatertight } from './is-watertight.js';
import type { Mesh } from './mesh.js';
import { meshArea } from './mesh-area.js';
import { meshVolume } from './mesh-volume.js';
import { vertexNormals } from './vertex-normals.js';

describe.each(Object.entries({ isWatertight, meshArea, meshVolume, vertexNormals }))('%s', (name, measure) => {
  it.each([
    [null, 'null'],
    [{ positions: new Float32Array(9) }, 'Float32Array and undefined'],
    [{ positions: [0, 0, 0], indices: new Uint32Array(3) }, 'Array and Uint32Array'],
  ])('refuses %o', (mesh, got) => {
    expect(() => measure(mesh as unknown as Mesh)).toThrow(
      `${name}: the mesh is wrong; expected positions: Float32Array and indices: Uint32Array, got ${got}`,
    );
  });
});
