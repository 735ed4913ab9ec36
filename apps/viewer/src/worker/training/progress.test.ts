import type { TrainingEvent } from '@kanrecon/training';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptTraining } from '../../storage/kept-model.js';
import { Progress } from './progress.js';
import { thinned } from './thinned.js';
import type { TrainNews } from './train-protocol.js';
import type { TrainSettings } from './train-settings.js';

const settings = { batchSize: 10, epochs: 2, epochImages: 40 } as TrainSettings;
const started = { type: 'started', steps: 4, parameters: { total: 7 } } as unknown as TrainingEvent;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Tells of steps with these losses, a second each, from `done` finished ones of the epoch on. */
function tellSteps(progress: Progress, epoch: number, losses: readonly number[], done = 0, before = 0): void {
  let sum = before;
  losses.forEach((loss, i) => {
    vi.advanceTimersByTime(1000);
    sum += 10 * loss;
    const step = done + i + 1;
    const images = 10 * step;
    progress.hear({ type: 'step', epoch, step, steps: 4, images, loss: sum / images });
  });
}

function made(before?: KeptTraining) {
  const news: TrainNews[] = [];
  return { news, progress: new Progress(settings, (one) => news.push(one), before) };
}

describe('Progress', () => {
  it('tells the loss of the steps since the last news, and how fast images are learned from', () => {
    const { news, progress } = made();
    progress.hear(started);
    tellSteps(progress, 1, [4, 3, 2, 1]);
    tellSteps(progress, 2, [0.5, 0.25]);
    const steps = news.filter(({ kind }) => kind === 'steps');
    expect(steps.map((one) => one.kind === 'steps' && [one.epoch, one.images, one.loss])).toEqual([
      [0, 10, 4],
      [0, 20, 3],
      [0, 30, 2],
      [0, 40, 1],
      [1, 50, 0.5],
      [1, 60, 0.25],
    ]);
    expect(steps.at(-1)).toMatchObject({ imagesPerSecond: 10 });
    expect(progress.kept().curve).toHaveLength(6);
  });

  it('draws what lies beyond the checkpoint once more', () => {
    const curve = [10, 20, 30].map((images) => ({ images, loss: 1 }));
    const { progress } = made({ settings, epoch: 0, step: 2, steps: 4, history: [], possible: null, curve });
    progress.hear(started);
    tellSteps(progress, 1, [2], 2, 20);
    // In the middle of an epoch the first mean is that from its beginning: (1 + 1 + 2) / 3.
    expect(progress.kept().curve).toEqual([...curve.slice(0, 2), { images: 30, loss: 4 / 3 }]);
  });
});

describe('thinned', () => {
  it('keeps the ends and the mean of a long curve', () => {
    const curve = Array.from({ length: 1000 }, (_, i) => ({ images: i + 1, loss: i }));
    const thin = thinned(curve);
    expect(thin.length).toBeLessThanOrEqual(400);
    expect(thin.at(-1)!.images).toBe(1000);
    expect(thin[0]).toEqual({ images: 3, loss: 1 });
    const short = curve.slice(0, 400);
    expect(thinned(short)).toBe(short);
  });
});
