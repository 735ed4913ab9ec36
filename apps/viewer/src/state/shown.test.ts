import { sceneByName, typicalView } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import type { NetworkAnswer } from '../worker/protocol.js';
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
const linked = { cameraAngles: { x: 1, y: 0.3, z: 0.4 }, baseColor: [0.5, 0.6, 0.7] } as const;

function look(given: Partial<Case>) {
  models.value = new Map([['study', { name: 'study', scene, invisible: [], limits: [] }]]);
  const item = newCase({ name: 'a', origin: { kind: 'link' }, phase: 'ready', model: 'study', ...given });
  cases.value = [item];
  currentId.value = item.id;
  return { cameraAngles: shown.value?.view.cameraAngles, baseColor: shown.value?.baseColor };
}

describe('shown', () => {
  it('has camera and colour of the link, whether or not there is an estimate', () => {
    const edit = { parameters, locks: [] };
    expect(look({ linked, edit })).toEqual(linked);
    expect(look({ linked, edit, answers: [answer] })).toEqual(linked);
    expect(look({ edit, answers: [answer] })).toEqual({
      cameraAngles: estimated.cameraAngles,
      baseColor: answer.baseColor,
    });
  });
});
