import type { EpochRecord } from '@kanrecon/training';
import { expect, it } from 'vitest';
import { lowerLoss } from './lower-loss.js';

const history = [0.3, 0.2, null, 0.4].map((val_loss, i) => ({ epoch: i + 1, val_loss }) as unknown as EpochRecord);

it('is the epoch whose network is lost, where it was better than the one that is kept', () => {
  expect(lowerLoss(history, 4)?.epoch).toBe(2);
  expect(lowerLoss(history, 1)?.epoch).toBe(2);
});

it('is nothing where the best was kept, or the log does not know it', () => {
  expect(lowerLoss(history, 2)).toBeUndefined();
  expect(lowerLoss(history, 9)).toBeUndefined();
  expect(lowerLoss([], 1)).toBeUndefined();
});
