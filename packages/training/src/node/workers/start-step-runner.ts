import { type AdamW, type Reconstructor, trainStep } from '@kanrecon/model';
import { UserError } from 'kanrecon';
import { fastStep } from '../../loop/fast-step.js';
import type { StepRunner } from '../../loop/step-runner.js';
import type { BackendName } from '../backends/backend-names.js';
import type { RunConfig } from '../run/run-config.js';
import { ParallelStepRunner } from './parallel-step-runner.js';

/** Backends that every thread can have for itself. The others share one device or one native library. */
const parallelBackends: readonly BackendName[] = ['wasm', 'cpu'];

/** @throws UserError when the backend cannot train in several threads */
export function checkWorkers(workers: number, backend: BackendName): void {
  if (workers === 1 || parallelBackends.includes(backend)) return;
  throw new UserError(
    `--workers ${workers} needs a backend that each thread has for itself (${parallelBackends.join(', ')}), but this run is on ${backend}; give --backend wasm or leave --workers out.`,
  );
}

/** One worker: in this thread. More: each in a thread of its own. */
export async function startStepRunner(
  { training, backend }: RunConfig,
  reconstructor: Reconstructor,
  optimizer: AdamW,
): Promise<StepRunner> {
  if (training.workers > 1) return ParallelStepRunner.start({ reconstructor, optimizer, training, backend });
  return {
    step(images, targets, { step, learningRate }) {
      optimizer.learningRate = learningRate;
      return trainStep(reconstructor, optimizer, images, targets, { step, ...fastStep });
    },
    synchronise: async () => {},
    close: async () => {},
  };
}
