import { flutedColumn } from '@kanrecon/geometry';
import { drawView, sceneByName, sceneWith, typicalView } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { sampleView } from './sample-view.js';

describe('sampleView', () => {
  it('is the drawn view where the label tells the same camera, a typical one elsewhere', () => {
    const scene = sceneWith(sceneByName('fluted'), { light: { tilt: [0, 1] }, surface: flutedColumn });
    const drawn = drawView(scene, 4, 5, 1);
    const cameraAngles = { ...drawn.cameraAngles, z: drawn.cameraAngles.z + 1e-9 };
    expect(sampleView(scene, { shape: 5, view: 1, cameraAngles }, 4)).toEqual(drawn);
    expect(sampleView(scene, { shape: 5, view: 1, cameraAngles })).toEqual(typicalView(scene, cameraAngles));
    expect(sampleView(scene, { shape: 5, view: 2, cameraAngles }, 4).light.tilt).toBe(0.5);
  });
});
