import { beforeEach, describe, expect, it } from 'vitest';
import { newCase } from '../state/case.js';
import { cases, current, currentId } from '../state/store.js';
import { dragParameter, endDrag, setParameter, toggleLock, undo } from './edit-current.js';

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
