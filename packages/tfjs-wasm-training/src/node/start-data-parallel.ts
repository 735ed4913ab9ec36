import { checkOptions } from '../check-options.js';
import { DataParallel, type DataParallelOptions } from './data-parallel.js';

/**
 * Starts worker threads, each with its own backend and its own replica of a network, for data-parallel training.
 *
 * @throws ReplicaError if a worker cannot build its replica; an Error if the replicas do not begin with the same bits
 */
export async function startDataParallel<Share = unknown, Common = unknown>(
  options: DataParallelOptions,
): Promise<DataParallel<Share, Common>> {
  checkOptions('startDataParallel', options, { module: 1, workers: 1, setup: 1 });
  const { workers } = options;
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new Error(`startDataParallel: workers is wrong; expected a whole number from 1, got ${workers}`);
  }
  const training = new DataParallel<Share, Common>(options);
  try {
    await training.begin();
    return training;
  } catch (error) {
    await training.close();
    throw error;
  }
}
