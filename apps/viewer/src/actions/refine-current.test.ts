import { sceneByName, typicalView } from '@kanrecon/scene';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { smallNetwork } from '../../test/small-network.js';
import { type Case, newCase } from '../state/case.js';
import { middles } from '../state/middles.js';
import { cases, currentId, findCase, models, notices } from '../state/store.js';
import type { RefinedObject, RefineStep } from '../worker/protocol.js';
import { undo } from './edit-current.js';
import { removeCase } from './open-image.js';
import { refineCurrent, stopRefining } from './refine-current.js';

// Node has no such worker: here each request waits until the test answers it.
interface Asked {
  readonly input: { seed: number };
  readonly signal: AbortSignal;
  onEvent(step: RefineStep): void;
  answer(output: unknown): void;
}
const asked = vi.hoisted(() => [] as Asked[]);
vi.mock('./worker.js', () => ({
  worker: {
    ask: (_: string, input: { seed: number }, { signal, onEvent }: Pick<Asked, 'signal' | 'onEvent'>) =>
      new Promise((answer, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        asked.push({ input, signal, onEvent, answer });
      }),
  },
}));
vi.stubGlobal('cancelAnimationFrame', () => {});
vi.stubGlobal('requestAnimationFrame', () => 1);

const scene = sceneByName('study');
const parameters = middles(scene.surface);
const edit: Case['edit'] = { parameters, locks: ['height'] };

describe('refineCurrent', () => {
  let ids: number[];
  beforeEach(() => {
    asked.length = 0;
    models.value = new Map([['study', { name: 'study', scene, invisible: [], limits: [], network: smallNetwork }]]);
    const picture: NonNullable<Case['picture']> = { width: 1, height: 1, pixels: new Uint8ClampedArray(4) } as never;
    cases.value = ['a', 'b'].map((name) =>
      newCase({ name, origin: { kind: 'file' }, phase: 'ready', model: 'study', picture, edit }),
    );
    ids = cases.value.map(({ id }) => id);
  });

  const begin = (id: number) => {
    currentId.value = id;
    return refineCurrent();
  };

  it('is stopped for each image by itself, and by removing the image', async () => {
    const runs = ids.map(begin);
    stopRefining(ids[0]!);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    removeCase(ids[1]!);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    await Promise.all(runs);
    expect(cases.value).toHaveLength(1);
    expect(findCase(ids[0]!)?.phase).toBe('ready');
    expect(notices.value).toEqual([]);
  });

  it('takes other random numbers each time, and is undone with what it found', async () => {
    for (const radius of [0.9, 1.1]) {
      const run = begin(ids[0]!);
      const found: Partial<RefinedObject> = { model: 'study', parameters: { ...parameters, radius } };
      asked.at(-1)!.answer(found);
      await run;
      expect(findCase(ids[0]!)).toMatchObject({
        phase: 'ready',
        refined: { study: found },
        edit: { parameters: { radius } },
      });
    }
    expect(asked.map(({ input }) => input.seed)).toEqual([1, 2]);
    undo();
    expect(findCase(ids[0]!)?.refined.study?.parameters['radius']).toBe(0.9);
    expect(findCase(ids[0]!)?.edit?.parameters['radius']).toBe(0.9);
    undo();
    expect(findCase(ids[0]!)).toMatchObject({ refined: {}, edit });
  });

  it('finds colour and light anew, and undo brings back those that were set', async () => {
    const look = { baseColor: [1, 0, 0], light: { tilt: 1, azimuth: 0, strength: 1, ambient: 0.2 } } as const;
    cases.value = cases.value.map((item) => ({ ...item, look }));
    const run = begin(ids[0]!);
    asked.at(-1)!.answer({ model: 'study', parameters } satisfies Partial<RefinedObject>);
    await run;
    expect(findCase(ids[0]!)?.look).toBeUndefined();
    undo();
    expect(findCase(ids[0]!)?.look).toEqual(look);
    // Stopped before its first step, it has found nothing; after one, its colour is the one to be seen.
    for (const steps of [0, 1]) {
      const stopped = begin(ids[0]!);
      if (steps > 0) {
        const view = typicalView(scene, { x: 1, y: 0, z: 0 });
        asked.at(-1)!.onEvent({ phase: 'fit', parameters, view, baseColor: [0, 1, 0], cost: 1, renderings: 9 });
      }
      stopRefining(ids[0]!);
      await stopped;
      expect(findCase(ids[0]!)?.look).toEqual(steps > 0 ? undefined : look);
    }
    undo();
    expect(findCase(ids[0]!)).toMatchObject({ look, step: undefined });
  });
});
