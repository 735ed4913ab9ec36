import { parameterVector, spiralCylinder, tessellate } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { fitCamera } from '../src/camera/fit-camera.js';
import { fitProfile } from '../src/profile/revolve.js';
import { surfaceProfile } from '../src/profile/surface-profile.js';
import { renderSurface } from '../src/render-surface.js';
import { oracleCases } from './oracle.js';

const size = 224;
const cases = oracleCases();

describe('against Blender', () => {
  it('has all twenty cases', () => expect(cases.length).toBe(20));

  it.each(cases)('turns the camera as Blender does: $file', ({ rotation, matrix }) => {
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        expect(rotation[3 * row + column]).toBeCloseTo(matrix[row][column], 5);
      }
    }
  });

  it.each(cases)('puts the camera within 2e-3 of where Blender put it: $file', ({ parameters, rotation, location }) => {
    const mesh = tessellate(spiralCylinder, parameters, { uSteps: 300, vSteps: 300 });
    const camera = fitCamera(mesh, rotation);
    const distance = Math.hypot(...location.map((value, axis) => value - camera.location[axis]));
    expect(distance).toBeLessThan(2e-3);
    // What renderSurface uses for surfaces of revolution.
    const vector = parameterVector(spiralCylinder, parameters);
    const exact = fitProfile(surfaceProfile(spiralCylinder, vector)!, rotation, 0.36);
    expect(Math.hypot(...location.map((value, axis) => value - exact.location[axis]))).toBeLessThan(2e-3);
  });

  it.each(cases)(
    'makes the same picture with default settings: $file',
    ({ parameters, rotation, baseColor, image, mask }) => {
      const rendering = renderSurface(spiralCylinder, parameters, { rotation, baseColor, size });
      let both = 0;
      let either = 0;
      let difference = 0;
      let inside = 0;
      for (let pixel = 0; pixel < size * size; pixel++) {
        const theirs = mask[pixel] >= 128;
        const ours = rendering.coverage[pixel] >= 128;
        if (theirs && ours) both++;
        if (theirs || ours) either++;
        if (!theirs) continue;
        inside++;
        for (let k = 3 * pixel; k < 3 * pixel + 3; k++) difference += Math.abs(rendering.image.data[k] - image[k]);
      }
      expect(both / either).toBeGreaterThan(0.998);
      expect(difference / (3 * inside)).toBeLessThan(4);
    },
  );
});
