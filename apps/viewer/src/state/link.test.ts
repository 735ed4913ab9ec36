import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { smallNetwork } from '../../test/small-network.js';
import { formatLink, type LinkState, parseLink } from './link.js';
import { middles } from './middles.js';

const scene = sceneByName('study');
const models = new Map([
  ['study', { name: 'study', scene, invisible: [], limits: [], network: smallNetwork } as const],
]);
const link: LinkState = {
  model: 'study',
  parameters: middles(scene.surface),
  locks: ['height', 'radius'],
  cameraAngles: { x: 0.9, y: 0.1, z: 0.2 },
  baseColor: [0.1, 0.2, 0.7],
  light: { tilt: 0.5, azimuth: 4, strength: 1.5, ambient: 0.1 },
  pattern: 'stripes',
  sample: { scene: 'study', seed: 7 },
  orbit: { azimuth: 1, polar: 1.1, distance: 7 },
};

describe('parseLink', () => {
  it('reads what formatLink writes', () => {
    expect(parseLink(`#${formatLink(link)}`, models)).toEqual(link);
  });

  it('opens links from before light and pattern could be set', () => {
    const old =
      'model=study&radius=1&height=2&twist_amp=2&twist_freq=3&wave_amp=0.2&wave_freq=3&camera=0.9,0.1,0.2&color=0.1,0.2,0.7';
    expect(parseLink(old, models)).toEqual({
      model: 'study',
      parameters: { radius: 1, height: 2, twist_amp: 2, twist_freq: 3, wave_amp: 0.2, wave_freq: 3 },
      locks: [],
      cameraAngles: { x: 0.9, y: 0.1, z: 0.2 },
      baseColor: [0.1, 0.2, 0.7],
    });
  });

  it('takes the sun at the horizon, and no light that there cannot be', () => {
    const lit = (light: string) => () =>
      parseLink(`${formatLink(link).replace(/\.light=[^&]*/, '')}&.light=${light}`, models);
    const horizon = formatLink({ ...link, light: { ...link.light!, tilt: Math.PI / 2 } });
    expect(parseLink(horizon, models)!.light!.tilt).toBeCloseTo(Math.PI / 2, 6);
    expect(parseLink(horizon, models)!.light!.tilt).toBeLessThanOrEqual(Math.PI / 2);
    for (const wrong of ['-0.1,0,1,0.2', '1.6,0,1,0.2', '0,0,-1,0.2', '0,0,1e9,0.2', '0,0,1,-1', '0,0,1,11']) {
      expect(lit(wrong)).toThrow(/light should be the sun’s tilt/);
    }
    expect(lit('1,2,3')).toThrow(/light should be 4 numbers, not “1,2,3”/);
    const painted = formatLink(link).replace('.pattern=stripes', '.pattern=tartan');
    expect(() => parseLink(painted, models)).toThrow(/pattern should be one of plain, .* not “tartan”/);
  });

  it('takes each lock once, and only of parameters', () => {
    const text = formatLink(link).replace(/locked=[^&]*/, 'locked=height,toString,height,constructor,colour,');
    expect(parseLink(text, models)!.locks).toEqual(['height']);
    expect(parseLink(text.replace(/locked=[^&]*/, ''), models)!.locks).toEqual([]);
  });
});
