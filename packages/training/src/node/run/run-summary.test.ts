import { expect, it } from 'vitest';
import type { EpochRecord } from '../../loop/training-state.js';
import { trained } from './run-summary.js';

it("counts the images of all epochs, not the last one's", () => {
  const epoch = (images: number, seconds: number) =>
    ({ images_per_second: images / seconds, seconds }) as Partial<EpochRecord> as EpochRecord;
  const { images, seconds } = trained({ history: [epoch(800, 8), epoch(800, 2)], images: 32, seconds: 0.5 });
  expect([images, seconds]).toEqual([1632, 10.5]);
  expect(trained({ history: [], images: 0, seconds: 0 })).toEqual({ images: 0, seconds: 0 });
});
