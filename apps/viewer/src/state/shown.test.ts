import { sceneByName, typicalView } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { smallNetwork } from '../../test/small-network.js';
import type { NetworkAnswer, RefineStep } from '../worker/protocol.js';
import { type Case, newCase } from './case.js';
import { middles } from './middles.js';
import { shown } from './shown.js';
import { cases, currentId, models } from './store.js';

const scene = sceneByName('study');
const estimated = typicalView(scene, { x: 0.9, y: 0.1, z: 0.2 });
const parameters = middles(scene.surface);
const answer = {
  model: 'study',
  parameters,
  drawnParameters: parameters,
  outsideRange: [],
  intervals90: {},
  view: estimated,
  baseColor: [0.1, 0.2, 0.3],
} as unknown as NetworkAnswer;
const seen = { cameraAngles: { x: 1, y: 0.3, z: 0.4 }, baseColor: [0.5, 0.6, 0.7] } as const;

function looks(given: Partial<Case>) {
  models.value = new Map([['study', { name: 'study', scene, invisible: [], limits: [], network: smallNetwork }]]);
  const item = newCase({ name: 'a', origin: { kind: 'link' }, phase: 'ready', model: 'study', ...given });
  cases.value = [item];
  currentId.value = item.id;
  const { view, baseColor } = shown.value!;
  return { cameraAngles: view.cameraAngles, baseColor, light: view.light };
}

describe('shown', () => {
  const edit = { parameters, locks: [] };
  const light = { tilt: 1, azimuth: 2, strength: 3, ambient: 0.4 };
  const found = { cameraAngles: estimated.cameraAngles, baseColor: answer.baseColor, light: estimated.light };

  it('has camera and colour of the link, whether or not there is an estimate', () => {
    expect(looks({ look: seen, edit })).toEqual({ ...seen, light: estimated.light });
    expect(looks({ look: seen, edit, answers: [answer] })).toEqual({ ...seen, light: estimated.light });
    expect(looks({ edit, answers: [answer] })).toEqual(found);
  });

  it('has colour and light that were set, but not while it is refined', () => {
    expect(looks({ look: { light }, edit, answers: [answer] })).toEqual({ ...found, light });
    const step = { parameters, view: estimated, baseColor: [0.7, 0.8, 0.9], renderings: 5 } as unknown as RefineStep;
    expect(looks({ look: { light }, edit, step, phase: 'refining' })).toEqual({ ...found, baseColor: step.baseColor });
    expect(looks({ look: { light }, edit, step })).toEqual({ ...found, baseColor: step.baseColor, light });
  });
});
