import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { formatLink, type LinkState, parseLink } from './link.js';
import { middles } from './middles.js';

const scene = sceneByName('study');
const models = new Map([['study', { name: 'study', scene, invisible: [], limits: [] } as const]]);
const link: LinkState = {
  model: 'study',
  parameters: middles(scene.surface),
  locks: ['height', 'radius'],
  cameraAngles: { x: 0.9, y: 0.1, z: 0.2 },
  baseColor: [0.1, 0.2, 0.7],
  sample: { scene: 'study', seed: 7 },
  orbit: { azimuth: 1, polar: 1.1, distance: 7 },
};

describe('parseLink', () => {
  it('reads what formatLink writes', () => {
    expect(parseLink(`#${formatLink(link)}`, models)).toEqual(link);
  });

  it('takes each lock once, and only of parameters', () => {
    const text = formatLink(link).replace(/locked=[^&]*/, 'locked=height,toString,height,constructor,colour,');
    expect(parseLink(text, models)!.locks).toEqual(['height']);
    expect(parseLink(text.replace(/locked=[^&]*/, ''), models)!.locks).toEqual([]);
  });
});
