import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { sceneBounds } from './bounds.js';
import { type Known, knownBounds } from './known.js';

const study = sceneByName('study');
const bounds = (known: Known) => knownBounds('refine', study, known);
// biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
const wrong = (known: any) => () => bounds(known);

describe('knownBounds', () => {
  it("are the scene's own where nothing is known", () => {
    expect(bounds({})).toEqual(sceneBounds(study));
    expect(bounds({ parameters: {}, cameraAngles: {} })).toEqual(sceneBounds(study));
  });

  it('are narrowed by ranges and values, in units, and only there', () => {
    const { shape, camera } = bounds({
      parameters: { radius: 0.75, height: [1.5, 2] },
      cameraAngles: { x: 0.9, z: [1, 2] },
    });
    expect(shape).toEqual([
      [0.25, 0.25],
      [0.25, 0.5],
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(camera).toEqual({ x: [0.9, 0.9], y: study.camera.y, z: [1, 2] });
  });

  it("end at the scene's own ends", () => {
    expect(bounds({ parameters: { radius: [0.1, 1] } }).shape[0]).toEqual([0, 0.5]);
    expect(bounds({ parameters: { radius: 1.5 } }).shape[0]).toEqual([1, 1]);
    expect(bounds({ cameraAngles: { x: [0, 1] } }).camera.x).toEqual([study.camera.x[0], 1]);
  });

  it('take any turn about an axis that the scene turns all round', () => {
    expect(bounds({ cameraAngles: { z: -1 } }).camera.z).toEqual([-1, -1]);
    expect(bounds({ cameraAngles: { z: [6, 7] } }).camera.z).toEqual([6, 7]);
  });

  it('refuse what is no parameter, no number and not possible', () => {
    expect(wrong({ parameters: { raduis: 1 } })).toThrow(
      'refine: known.parameters.raduis is unknown; expected one of radius, height, twist_amp, twist_freq, wave_amp, wave_freq',
    );
    expect(wrong({ cameraAngles: { w: 1 } })).toThrow('refine: known.cameraAngles.w is unknown; expected x, y or z');
    expect(wrong({ parameters: { radius: 9 } })).toThrow(
      "refine: known.parameters.radius is outside the scene's range; expected 0.5 to 1.5, got 9",
    );
    expect(wrong({ parameters: { radius: [2, 3] } })).toThrow('got [2,3]');
    expect(wrong({ cameraAngles: { x: 3 } })).toThrow("known.cameraAngles.x is outside the scene's range");
    for (const value of [Number.NaN, [2, 1], [1], [1, 1.2, 1.4], '1', null, {}]) {
      expect(wrong({ parameters: { radius: value } }), JSON.stringify(value)).toThrow(
        'refine: known.parameters.radius is wrong; expected a number or [from, to], got',
      );
    }
    expect(wrong({ parameter: { radius: 1 } })).toThrow('did you mean parameters?');
    expect(wrong([])).toThrow('refine');
  });
});
