import type { TrainingEvent } from '@kanrecon/training';
import { describe, expect, it } from 'vitest';
import { showTraining } from './show-training.js';
import type { Ui } from './ui.js';

/** What is said of an event. */
function said(event: object): string[] {
  const lines: string[] = [];
  const say = (line = '') => void lines.push(line);
  showTraining({ say, note: say, warn: say, detail: say } as Ui)(event as TrainingEvent);
  return lines;
}

describe('a training says', () => {
  const started = {
    ...{ type: 'started', name: 'x', parameters: { trainable: 9, total: 9 }, imageSize: 32, batchSize: 4, workers: 1 },
    ...{ images: 1, validationImages: 1, steps: 1, epochs: 1 },
  };

  it('one and many', () => {
    const resumed = { epoch: 1, step: 0 };
    expect(said({ ...started, fresh: true, resumed }).slice(1)).toEqual([
      '1 fresh image an epoch and 1 validation image, batches of 4.',
      'Resuming after 1 epoch and 0 of 1 step.',
    ]);
    const many = { ...started, images: 8, validationImages: 2, steps: 2, resumed: { epoch: 2, step: 1 } };
    expect(said({ ...many, fresh: true }).slice(1)).toEqual([
      '8 fresh images an epoch and 2 validation images, batches of 4.',
      'Resuming after 2 epochs and 1 of 2 steps.',
    ]);
    expect(said({ ...many, fresh: false })[1]).toBe('8 training and 2 validation images, batches of 4.');
    const length = { code: 'other-length', schedule: 'cosine', epochs: 1, before: 3 };
    expect(said({ type: 'notice', notice: length })).toEqual([
      'The cosine learning rate follows the new length of 1 epoch (3 before) from here on.',
    ]);
    const problems = [{ path: 'a', message: 'b' }];
    const skipped = (count: number) =>
      said({ type: 'notice', notice: { code: 'skipped-files', problems: Array(count).fill(problems[0]) } })[0];
    expect(skipped(1)).toMatch(/^1 file of the data set is skipped:/);
    expect(skipped(2)).toMatch(/^2 files of the data set are skipped:/);
  });

  it('how images grow, and which size those in work have', () => {
    const growth = [
      { imageSize: 32, epochs: 1 },
      { imageSize: 48, epochs: 4 },
      { imageSize: 64, epochs: 2 },
    ];
    expect(said({ ...started, growth }).at(-1)).toBe(
      'Images grow: 32 pixels for 1 epoch, 48 for 4, 64 for 2; the network is validated at its own size.',
    );
    const bars: string[] = [];
    const bar = { update: () => {}, stop: () => {} };
    const progress: Ui['progress'] = ({ label }) => {
      bars.push(label);
      return bar;
    };
    const show = showTraining({ note: () => {}, progress } as unknown as Ui);
    show({ ...started, epochs: 7 } as unknown as TrainingEvent);
    const step = { type: 'step', step: 1, steps: 2, images: 4, loss: 1 } as const;
    show({ ...step, epoch: 1, imageSize: 32 });
    show({ ...step, epoch: 2, imageSize: 48 });
    show({ ...step, epoch: 3 });
    expect(bars).toEqual(['Epoch 1/7 (32 pixels)', 'Epoch 2/7 (48 pixels)', 'Epoch 3/7']);
  });

  it('which weights it begins with, and which not', () => {
    const weights = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `a${i}/b`, shape: [i] }));
    const told = (more: object) =>
      said({ type: 'notice', notice: { code: 'begun-from', name: 'X', taken: 1, fresh: [], unused: [], ...more } });
    expect(told({})).toEqual(['Begun from X: 1 of 1 weight fit and is taken over.']);
    const fresh = [
      { name: 'head_0/kernel', shape: [9, 2], there: [9, 6] },
      { name: 'head_0/scale', shape: [], there: [] },
    ];
    expect(told({ taken: 30, fresh, unused: weights(14) })).toEqual([
      'Begun from X: 30 of 32 weights fit and are taken over.',
      '  Begun anew: head_0/kernel [9, 2] (there [9, 6]), head_0/scale [] (with its layer).',
      `  Left there: ${Array.from({ length: 12 }, (_, i) => `a${i}/b [${i}]`).join(', ')}, and 2 more.`,
    ]);
  });
});
