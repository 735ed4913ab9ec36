import { surfaceByName } from '@kanrecon/geometry';
import { sceneByName, typicalView } from '@kanrecon/scene';
import { beforeEach, describe, expect, it } from 'vitest';
import { smallNetwork } from '../../test/small-network.js';
import { newCase } from '../state/case.js';
import { middles } from '../state/middles.js';
import { shown } from '../state/shown.js';
import { cases, current, currentId, mode, models, surfaceCase } from '../state/store.js';
import type { NetworkAnswer } from '../worker/protocol.js';
import {
  dragColor,
  dragLight,
  dragParameter,
  endDrag,
  redo,
  resetToEstimate,
  setParameter,
  toggleLock,
  undo,
} from './edit-current.js';
import { showSurface } from './show-surface.js';

describe('an edit while the verdict is looked for', () => {
  beforeEach(() => {
    const edit = { parameters: { radius: 1, height: 2 }, locks: [] };
    const item = newCase({ name: 'a', origin: { kind: 'file' }, phase: 'choosing', model: 'study', edit });
    cases.value = [item];
    currentId.value = item.id;
  });

  it('keeps the model: moving a slider', () => {
    dragParameter('radius', 1.2);
    expect(current.value).toMatchObject({ byHand: true, edit: { parameters: { radius: 1.2, height: 2 } } });
    dragParameter('radius', 1.3);
    endDrag();
    expect(current.value!.undo).toHaveLength(1);
    undo();
    expect(current.value!.edit!.parameters).toEqual({ radius: 1, height: 2 });
  });

  it('keeps the model: typing a number, locking a value', () => {
    expect(current.value!.byHand).toBe(false);
    toggleLock('height');
    expect(current.value).toMatchObject({ byHand: true, edit: { locks: ['height'] } });
    setParameter('radius', 0.8);
    expect(current.value!.edit).toEqual({ parameters: { radius: 0.8, height: 2 }, locks: ['height'] });
  });
});

describe('colour and light that are set', () => {
  const seen = () => {
    const { scene, view, baseColor } = shown.value!;
    return { pattern: scene.pattern, baseColor, light: view.light };
  };

  beforeEach(() => {
    mode.value = 'image';
    models.value = new Map(
      (['study', 'observable'] as const).map((name) => [
        name,
        { name, scene: sceneByName(name), invisible: [], limits: [], network: smallNetwork },
      ]),
    );
  });

  function begin(model: 'study' | 'observable'): void {
    const scene = sceneByName(model);
    const parameters = middles(scene.surface);
    const view = typicalView(scene, { x: 1, y: 0, z: 0 });
    const answer = { model, parameters, drawnParameters: parameters, outsideRange: [], intervals90: {}, view };
    const answers = [{ ...answer, baseColor: [0.1, 0.2, 0.3] } as unknown as NetworkAnswer];
    const edit = { parameters, locks: [] };
    const item = newCase({ name: 'a', origin: { kind: 'file' }, phase: 'ready', model, edit, answers });
    cases.value = [item];
    currentId.value = item.id;
  }

  it('are a step of undo for each drag, and gone with a reset', () => {
    begin('study');
    const found = seen();
    for (const red of [0.5, 0.6, 0.7]) dragColor([red, 0, 0]);
    endDrag();
    dragLight({ tilt: 0.5 });
    dragLight({ tilt: 1 });
    endDrag();
    dragLight({ strength: 2 });
    endDrag();
    // A lock, and a parameter, leave them as they are.
    toggleLock('height');
    setParameter('radius', 0.9);
    const set = { pattern: 'plain', baseColor: [0.7, 0, 0], light: { ...found.light, tilt: 1, strength: 2 } };
    expect(seen()).toEqual(set);
    expect(current.value).toMatchObject({ byHand: true, undo: { length: 5 } });
    for (const _ of [1, 2, 3]) undo();
    expect(seen()).toEqual({ ...set, light: { ...found.light, tilt: 1 } });
    undo();
    expect(seen()).toEqual({ ...set, light: found.light });
    undo();
    expect(seen()).toEqual(found);
    for (const _ of [1, 2, 3]) redo();
    expect(seen()).toEqual(set);
    resetToEstimate();
    expect(seen()).toEqual(found);
    undo();
    expect(seen()).toEqual(set);
  });

  it('are a step of their own where something else is done while a colour is still being chosen', () => {
    begin('study');
    const found = seen();
    dragColor([0.5, 0, 0]);
    undo();
    expect(seen()).toEqual(found);
    endDrag();
    expect(current.value).toMatchObject({ undo: { length: 0 }, redo: { length: 1 } });
    dragColor([0.6, 0, 0]);
    toggleLock('height');
    endDrag();
    undo();
    expect(current.value!.edit!.locks).toEqual([]);
    expect(seen().baseColor).toEqual([0.6, 0, 0]);
    undo();
    expect(seen()).toEqual(found);
  });

  it('add no step where nothing is changed, and stay as they are while renderings are fitted', () => {
    begin('study');
    endDrag();
    dragLight({ tilt: 1 });
    dragLight({ tilt: 0 });
    endDrag();
    expect(current.value).toMatchObject({ undo: [], look: undefined });
    dragLight({ ambient: 0.5 });
    cases.value = cases.value.map((item) => ({ ...item, phase: 'refining' }));
    dragLight({ ambient: 0.9 });
    dragColor([1, 1, 1]);
    expect(seen()).toMatchObject({ baseColor: [0.1, 0.2, 0.3], light: { ambient: 0.5 } });
  });

  it('take the place of a hue wheel, which undo brings back', () => {
    begin('observable');
    dragColor([0, 0, 1]);
    endDrag();
    expect(seen()).toMatchObject({ pattern: 'plain', baseColor: [0, 0, 1] });
    undo();
    expect(seen()).toMatchObject({ pattern: 'hue-wheel', baseColor: [0.1, 0.2, 0.3] });
  });

  it('are there for a surface by itself', () => {
    surfaceCase.value = undefined;
    showSurface(surfaceByName('vase'));
    mode.value = 'surface';
    dragColor([0, 1, 0]);
    endDrag();
    dragLight({ tilt: 1 });
    endDrag();
    expect(seen()).toMatchObject({ pattern: 'plain', baseColor: [0, 1, 0], light: { tilt: 1 } });
    resetToEstimate();
    expect(seen()).toMatchObject({ pattern: 'hue-wheel', light: { tilt: 0 } });
  });
});
