import type { EpochRecord } from '@kanrecon/training';
import { effect } from '@preact/signals';
import { afterEach, expect, it } from 'vitest';
import type { KeptModel } from '../../storage/kept-model.js';
import { chosenSettings, trainChoices } from '../train-choices.js';
import { keptModels, type Training, training } from '../training.js';
import { allRuns, chosenRuns, networkKey, scoredHere, shownRuns } from './runs.js';
import type { ViewerEvaluation } from './viewer-run.js';

const history = [{ epoch: 1 } as EpochRecord];
const { value: choices } = trainChoices;
const settings = chosenSettings({ ...choices, epochs: 3 });
const watched = { name: 'x', settings, images: 0, possible: 0.5, history } as unknown as Training;
const kept = (name: string, changed: number, of: readonly EpochRecord[] = history) =>
  ({ name, changed, training: { history: of, possible: 0.5, settings } }) as unknown as KeptModel;

afterEach(() => {
  training.value = undefined;
  keptModels.value = [];
  chosenRuns.value = undefined;
  scoredHere.value = new Map();
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
  chosenRuns.value = ['kept x'];
  expect(shownRuns.value.map(({ run }) => run.key)).toEqual(['kept x']);
  keptModels.value = [kept('other', 2), kept('x', 3)];
  training.value = undefined;
  expect(shownRuns.value.map(({ run }) => run.key)).toEqual(['kept x']);
});

it('a training that is stopped and resumed is one run, shown all the while, with its settings; scores are of the network that had them', () => {
  keptModels.value = [kept('x', 3), kept('other', 2)];
  chosenRuns.value = ['kept x'];
  const [stopped] = shownRuns.value;
  scoredHere.value = new Map([[networkKey(stopped!.run), [{ key: 'here' } as ViewerEvaluation]]]);
  expect(shownRuns.value[0]!.evaluation).toBeDefined();
  expect(stopped!.run).toMatchObject({ version: 3, ofEpochs: 3, model: 'x' });
  expect(stopped!.run.settings).toBe(
    'Images of the scene observable, 64 pixels wide; Small CNN with the head MLP; 3 epochs of 2,048 images, 32 a step; learning rate 0.015, seed 1.',
  );
  // Goes on: its network of then is no more.
  training.value = watched;
  const names = () => allRuns.value.map(({ name }) => name);
  expect(names()).toEqual(['x', 'other']);
  expect(shownRuns.value.map(({ run, evaluation }) => [run.key, run.settings, evaluation])).toEqual([
    ['kept x', stopped!.run.settings, undefined],
  ]);
  keptModels.value = [kept('x', 4, [...history, { epoch: 2 } as EpochRecord]), kept('other', 2)];
  expect(names()).toEqual(['x', 'other']);
  training.value = undefined;
  expect(names()).toEqual(['x', 'other']);
  expect(shownRuns.value.map(({ run }) => [run.key, run.history.length])).toEqual([['kept x', 2]]);
  expect(shownRuns.value[0]!.evaluation).toBeUndefined();
});
