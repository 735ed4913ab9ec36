import { describe, expect, it } from 'vitest';
import type { RefinedObject, RefineStep } from '../worker/protocol.js';
import { newCase } from './case.js';
import { redone, undone, withEdit } from './edits.js';

const edit = (radius: number, ...locks: string[]) => ({ parameters: { radius }, locks });
const refined = (radius: number) => ({ study: { parameters: { radius } } as unknown as RefinedObject });
const base = newCase({ name: 'a', origin: { kind: 'file' }, phase: 'ready', edit: edit(1) });

describe('undone and redone', () => {
  it('bring back what was set together with what had been found then', () => {
    const first = { ...base, refined: refined(1.1), ...withEdit(base, edit(1.1)) };
    const locked = { ...first, ...withEdit(first, edit(1.1, 'radius')) };
    const second = { ...locked, refined: refined(1.2), ...withEdit(locked, edit(1.2, 'radius')) };
    const back = { ...second, ...undone(second) };
    expect(back.edit).toEqual(edit(1.1, 'radius'));
    expect(back.refined).toEqual(refined(1.1));
    const start = [1, 2].reduce((item) => ({ ...item, ...undone(item) }), back);
    expect(start).toMatchObject({ edit: edit(1), refined: {}, undo: [] });
    expect(undone(start)).toEqual({});
    const again = [1, 2, 3].reduce((item) => ({ ...item, ...redone(item) }), start);
    expect(again).toEqual(second);
    expect(redone(again)).toEqual({});
  });

  it('bring back where refinement was stopped, and how an object is seen and painted', () => {
    const look = { cameraAngles: { x: 1, y: 0, z: 0 }, baseColor: [0, 0, 1] as const };
    const stopped = { ...base, look, step: { renderings: 7 } as RefineStep };
    const reset = { ...stopped, step: undefined, look: undefined, ...withEdit(stopped, edit(2)) };
    const back = { ...reset, ...undone(reset) };
    expect(back).toMatchObject({ edit: edit(1), look, step: { renderings: 7 } });
    expect({ ...back, ...redone(back) }).toMatchObject({ edit: edit(2), look: undefined, step: undefined });
  });
});
