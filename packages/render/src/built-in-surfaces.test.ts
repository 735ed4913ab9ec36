import { isClosedSurface, surfaceByName, surfaceNames, surfaceNormals, tessellate } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { cameraRotation } from './camera/camera-rotation.js';
import { fitCamera } from './camera/fit-camera.js';
import { renderMesh } from './render-mesh.js';
import { renderSurface } from './render-surface.js';

const rotation = cameraRotation({ x: 0.9, y: 0.2, z: 2 });

/** Mean absolute difference of two images, in bytes. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length;
}

describe.each(surfaceNames())('%s', (name) => {
  const surface = surfaceByName(name);
  const parameters = surface.parameters.map(({ min, max }) => (min + max) / 2);
  const size = 128;

  it('is rendered from its formula as from a fine mesh', () => {
    const own = renderSurface(surface, parameters, { rotation, size });
    const mesh = tessellate(surface, parameters, { uSteps: 300, vSteps: 300 });
    const fromMesh = renderMesh(mesh, { camera: fitCamera(mesh, rotation), size });
    expect(difference(own.coverage, fromMesh.coverage)).toBeLessThan(0.5);
    expect(difference(own.image.data, fromMesh.image.data)).toBeLessThan(1);
    expect(own.coverage.filter((value) => value === 255).length).toBeGreaterThan(0.1 * size * size);
  });

  it.each([0.1, 0.9])(
    'is as right as a fine mesh with fewer triangles, parameters at %d of their ranges',
    (fraction) => {
      const extreme = surface.parameters.map(
        ({ min, max }, i) => min + (i % 2 ? 1 - fraction : fraction) * (max - min),
      );
      const own = renderSurface(surface, extreme, { rotation, size: 224 });
      const steps = { uSteps: 400, vSteps: 400 };
      const mesh = tessellate(surface, extreme, steps);
      const vertexNormals = surfaceNormals(surface, extreme, steps);
      const fine = renderMesh(mesh, { camera: fitCamera(mesh, rotation), vertexNormals, size: 224 });
      let [both, either, inside, sum] = [0, 0, 0, 0];
      for (let pixel = 0; pixel < 224 * 224; pixel++) {
        const [ours, theirs] = [own.coverage[pixel] >= 128, fine.coverage[pixel] >= 128];
        if (ours && theirs) both++;
        if (ours || theirs) either++;
        if (!theirs) continue;
        inside++;
        for (let k = 3 * pixel; k < 3 * pixel + 3; k++) sum += Math.abs(own.image.data[k] - fine.image.data[k]);
      }
      // Thin rings are mostly outline.
      expect(both / either).toBeGreaterThan(name === 'torus-pair' ? 0.996 : 0.998);
      expect(sum / (3 * inside)).toBeLessThan(1);
    },
  );

  it('changes with each of its parameters that can be seen', () => {
    const usual = renderSurface(surface, parameters, { rotation, size: 64 }).image.data;
    surface.parameters.forEach(({ name: changed, max }, i) => {
      const other = renderSurface(surface, parameters.with(i, max), { rotation, size: 64 }).image.data;
      // The study's object alone hides its twist.
      const hidden = name === 'spiral-cylinder' && changed.startsWith('twist');
      if (hidden) expect(other).toEqual(usual);
      else expect(difference(other, usual), changed).toBeGreaterThan(0.5);
    });
  });

  it('hides its back where it is closed', () => {
    if (!isClosedSurface(surface)) return;
    const { image, coverage } = renderSurface(surface, parameters, { rotation, size: 64 });
    for (let pixel = 0; pixel < 64 * 64; pixel++) {
      if (coverage[pixel] !== 255) continue;
      expect(image.data[3 * pixel]).toBeGreaterThan(0);
    }
  });
});
