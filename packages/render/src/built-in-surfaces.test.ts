import { isClosedSurface, surfaceByName, surfaceNames, tessellate } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { cameraRotation } from './camera-rotation.js';
import { fitCamera } from './fit-camera.js';
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
