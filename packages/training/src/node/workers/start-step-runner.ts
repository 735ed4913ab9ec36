import type { AdamW, Reconstructor } from '@kanrecon/model';
import type { Experiment } from '../../experiment/experiment.js';
import { growingStepRunner, type Trained } from '../../growth/growing-step-runner.js';
import { localStepRunner } from '../../loop/local-step-runner.js';
import type { StepRunner } from '../../loop/step-runner.js';
import { TrainingError } from '../../training-error.js';
import type { BackendName } from '../backends/backend-names.js';
import { ParallelStepRunner } from './parallel-step-runner.js';

/** Backends that every thread can have for itself. The others share one device or one native library. */
const parallelBackends: readonly BackendName[] = ['wasm', 'cpu'];

/** @throws TrainingError `workers-unsupported` when the backend cannot train in several threads */
export function checkWorkers(workers: number, backend: BackendName): void {
  if (workers === 1 || parallelBackends.includes(backend)) return;
  throw new TrainingError(
    'workers-unsupported',
    { workers, backend, possible: parallelBackends },
    `checkWorkers: ${workers} workers need a backend that each thread has for itself; expected ${parallelBackends.join(' or ')}, got ${backend}`,
  );
}

/** One worker: in this thread. More: each in a thread of its own. Where images grow, anew for each size. */
export async function startStepRunner(
  experiment: Experiment,
  backend: BackendName,
  reconstructor: Reconstructor,
  optimizer: AdamW,
): Promise<StepRunner> {
  const start = async (trained: Trained) =>
    experiment.workers === 1
      ? localStepRunner(trained.reconstructor, trained.optimizer)
      : ParallelStepRunner.start({ ...trained, experiment, backend });
  const trained = { reconstructor, optimizer };
  return experiment.growth ? growingStepRunner(experiment, trained, start) : start(trained);
}
