import { describe, expect, it } from 'vitest';
import { cameraDistance } from './camera-distance.js';
import { drawShape } from './draw-shape.js';
import { drawView } from './draw-view.js';
import { sceneByName } from './scenes.js';

const study = sceneByName('study');
const shape = drawShape(study, 1, 1);

describe('cameraDistance', () => {
  it('grows as the object does, seen from anywhere, where cameras are fitted to it', () => {
    const { radius, height, wave_amp, wave_freq, ...twist } = shape.parameters as Record<string, number>;
    const double = {
      ...twist,
      radius: 2 * radius!,
      height: 2 * height!,
      wave_amp: 2 * wave_amp!,
      wave_freq: wave_freq! / 2,
    };
    for (let index = 0; index < 5; index++) {
      const view = drawView(study, 1, 1, index);
      const one = cameraDistance(study, shape, view);
      expect(cameraDistance(study, { parameters: double }, view) / one).toBeCloseTo(2, 4);
    }
  });

  it('is what a cylinder that is seen from the side needs', () => {
    const parameters = { ...shape.parameters, radius: 0.5, height: 3, wave_amp: 0 };
    const level = { cameraAngles: { x: Math.PI / 2, y: 0, z: 0 }, tanHalfFov: 0.36 };
    // The rims nearest to the camera fill the frame: half the height over tan(fov/2), and the radius.
    const expected = 1.5 / 0.36 + 0.5;
    expect(cameraDistance(study, { parameters }, level)).toBeCloseTo(expected, 3);
    expect(cameraDistance(study, { parameters }, level, 32)).toBeCloseTo(expected, 2);
  });

  it("is the scene's own where that is fixed", () => {
    const scene = sceneByName('observable');
    const { placement } = scene.camera;
    expect(placement).not.toBe('fitted');
    expect(cameraDistance(scene, shape, drawView(scene, 1, 1, 0))).toBe((placement as { distance: number }).distance);
  });
});
