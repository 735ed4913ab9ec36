import { spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';
import { describe, expect, it } from 'vitest';
import { typicalView } from './draw-view.js';
import { estimateBaseColor } from './estimate-base-color.js';
import { sceneByName } from './scenes.js';

describe('estimateBaseColor', () => {
  it('finds the colour an image was rendered with', () => {
    const shape = { radius: 1, height: 2, twist_amp: 1, twist_freq: 2, wave_amp: 0.2, wave_freq: 3 };
    const angles = { x: 0.8, y: 0.3, z: 0.5 };
    const rotation = cameraRotation(angles);
    for (const baseColor of [
      [0.1, 0.5, 0.9],
      [0.8, 0.75, 0.05],
      [0.3, 0.3, 0.3],
    ] as const) {
      const { image } = renderSurface(spiralCylinder, shape, { rotation, size: 64, baseColor });
      const view = typicalView(sceneByName('study'), angles);
      const found = estimateBaseColor(image, sceneByName('study'), shape, view);
      found.forEach((value, c) => {
        expect(Math.abs(value - baseColor[c]!)).toBeLessThan(0.05);
      });
    }
  });
});
