import { type ImageStream, ImageStreamError } from '@kanrecon/dataset';
import { SurfaceError } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import { WorkerError } from '../worker-error.js';
import type { TrainingSource } from './training-source.js';

/**
 * The batches of a stream that threads draw, be they Node.js' or a browser's, in epochs.
 *
 * @param steps batches an epoch
 */
export function imageStreamSource(stream: ImageStream, steps: number): TrainingSource {
  const { batchSize } = stream;
  return {
    images: steps * batchSize,
    steps,
    async batch(epoch, step) {
      const number = epoch * steps + step;
      if (number !== stream.position) {
        throw new Error(`streamSource: batches come in order; expected ${stream.position}, got ${number}`);
      }
      const { images, targets } = await stream.next().catch((cause: unknown) => {
        throw failureOf(cause);
      });
      return { images, targets, samples: Uint32Array.from({ length: batchSize }, (_, i) => step * batchSize + i) };
    },
    close: () => stream.close(),
  };
}

/** A thread's failure as training knows it; other errors, an abort among them, as they are. */
function failureOf(cause: unknown): unknown {
  if (cause instanceof ImageStreamError) return new WorkerError(`drawing images: ${cause.reason}`, { cause });
  if (!(cause instanceof SurfaceError)) return cause;
  return new WorkerError(`drawing images: ${withoutCaller(cause.message)}`, { cause });
}
