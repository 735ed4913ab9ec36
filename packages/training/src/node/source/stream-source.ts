import { openImageStream } from '@kanrecon/dataset/node';
import type { DatasetPreset } from '@kanrecon/scene';
import type { TrainingSource } from '../../source/training-source.js';
import type { StreamSettings } from '../run/run-config.js';

/** A thread that draws images has failed. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

/** What {@link streamSource} draws, and from where on. */
export interface StreamSourceOptions {
  preset: DatasetPreset;
  imageSize: number;
  batchSize: number;
  /** Of the run: other runs, other images. */
  seed: number;
  stream: StreamSettings;
  /** Where the run goes on. */
  epoch: number;
  step: number;
}

/** Seeds of streams begin here, out of reach of the seeds that people give data sets. */
const firstStreamSeed = 2 ** 40;

/** Batches an epoch: whole ones. */
export function streamSteps({ epochImages }: StreamSettings, batchSize: number): number {
  return Math.ceil(epochImages / batchSize);
}

/** Fresh images, none of them seen twice, drawn in threads of their own. An epoch is as many of them as the settings say. */
export function streamSource(options: StreamSourceOptions): TrainingSource {
  const { preset, imageSize, batchSize, seed, stream: settings } = options;
  const steps = streamSteps(settings, batchSize);
  const stream = openImageStream({
    preset,
    imageSize,
    batchSize,
    seed: firstStreamSeed + seed,
    workers: settings.workers,
    firstBatch: options.epoch * steps + options.step,
  });
  return {
    images: steps * batchSize,
    steps,
    async batch(epoch, step) {
      const number = epoch * steps + step;
      if (number !== stream.position) {
        throw new Error(`streamSource: batches come in order; expected ${stream.position}, got ${number}`);
      }
      const { images, targets } = await stream.next().catch((cause) => {
        throw new StreamError((cause as Error).message.replace(/^openImageStream: /, 'drawing images: '), { cause });
      });
      return { images, targets, samples: Uint32Array.from({ length: batchSize }, (_, i) => step * batchSize + i) };
    },
    close: () => stream.close(),
  };
}
