import type { EpochRecord } from '@kanrecon/training';
import { effect } from '@preact/signals';
import { afterEach, expect, it } from 'vitest';
import type { KeptModel } from '../../storage/kept-model.js';
import { keptModels, type Training, training } from '../training.js';
import { allRuns, chosenRuns, shownRuns } from './runs.js';

const history = [{ epoch: 1 } as EpochRecord];
const watched = { name: 'x', images: 0, possible: 0.5, history } as unknown as Training;
const kept = (name: string, changed: number) =>
  ({ name, changed, training: { history, possible: 0.5 } }) as unknown as KeptModel;

afterEach(() => {
  training.value = undefined;
  keptModels.value = [];
  chosenRuns.value = undefined;
});

it('runs stay what they are while a training goes on, and change with its epochs', () => {
  training.value = watched;
  let times = 0;
  const leave = effect(() => {
    void allRuns.value;
    times++;
  });
  for (const images of [16, 32, 48]) training.value = { ...watched, images };
  expect(times).toBe(1);
  training.value = { ...watched, history: [...history, { epoch: 2 } as EpochRecord] };
  expect(times).toBe(2);
  expect(allRuns.value[0]!.history).toHaveLength(2);
  leave();
});

it('who watches a training sees the network that it has made when it has ended', () => {
  keptModels.value = [kept('other', 2)];
  training.value = watched;
  chosenRuns.value = ['training x'];
  expect(shownRuns.value.map(({ run }) => run.key)).toEqual(['training x']);
  keptModels.value = [kept('other', 2), kept('x', 3)];
  training.value = undefined;
  expect(shownRuns.value.map(({ run }) => run.key)).toEqual(['kept x 3']);
});
