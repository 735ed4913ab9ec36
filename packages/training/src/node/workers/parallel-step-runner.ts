import {
  type AdamW,
  type AdamWState,
  NonFiniteLossError,
  type Reconstructor,
  type ReconstructorArtifacts,
  toArtifacts,
} from '@kanrecon/model';
import { type DataParallel, ReplicaError, splitBatch, startDataParallel } from '@kanrecon/tfjs-wasm-training/node';
import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../experiment/experiment.js';
import type { StepPosition, StepRunner } from '../../loop/step-runner.js';
import { WorkerError } from '../../worker-error.js';
import type { BackendName } from '../backends/backend-names.js';

/** What the session's network and optimizer are, and how its replicas are to be trained. */
export interface ParallelStepOptions {
  reconstructor: Reconstructor;
  optimizer: AdamW;
  experiment: Experiment;
  backend: BackendName;
}

/** What a worker builds its replica from. */
export interface ReplicaSetup {
  artifacts: ReconstructorArtifacts;
  experiment: Experiment;
  backend: BackendName;
}

/** A worker's part of a batch. */
export interface ReplicaShare {
  /** Or features of them. */
  images: Uint8Array | Float32Array;
  targets: Float32Array;
}

/** What a worker gives back: everything that training has changed. */
export interface ReplicaState {
  /** In the order of the model's weights. */
  weights: Float32Array[];
  optimizer: AdamWState;
}

const lossCode: NonFiniteLossError['code'] = 'ERR_LOSS_NOT_FINITE';

/** BatchNorm cannot learn from a single image. */
const minimumShare = 2;

/** Steps in worker threads: each batch is divided among them, the gradients are averaged. */
export class ParallelStepRunner implements StepRunner {
  /** Whether the workers are ahead of the session's own network. */
  private ahead = false;

  private constructor(
    private readonly training: DataParallel<ReplicaShare, StepPosition>,
    private readonly session: Pick<ParallelStepOptions, 'reconstructor' | 'optimizer'>,
  ) {}

  /** Starts the workers where network and optimizer stand. */
  static async start({ reconstructor, optimizer, experiment, backend }: ParallelStepOptions): Promise<StepRunner> {
    const setup: ReplicaSetup = { artifacts: await toArtifacts(reconstructor, { optimizer }), experiment, backend };
    const module = new URL('./replica-worker.js', import.meta.url);
    const { workers } = experiment;
    const running = await startDataParallel<ReplicaShare, StepPosition>({ module, workers, setup }).catch(
      explainFailure(),
    );
    return new ParallelStepRunner(running, { reconstructor, optimizer });
  }

  step(images: Uint8Array | Float32Array, targets: Float32Array, position: StepPosition): Promise<number> {
    const width = this.session.reconstructor.targets.length;
    const count = targets.length / width;
    const numbers = images.length / count;
    const shares = splitBatch(count, this.training.workers, minimumShare).map(({ start, end }) => {
      const part = images.slice(start * numbers, end * numbers);
      const data = { images: part, targets: targets.slice(start * width, end * width) };
      return { data, count: end - start, transfer: [part.buffer] };
    });
    this.ahead = true;
    return this.training.step(shares, position).catch(explainFailure(position));
  }

  async synchronise(): Promise<void> {
    if (!this.ahead) return;
    const { reconstructor, optimizer } = this.session;
    const { model } = reconstructor;
    const state = (await this.training.ask('state').catch(explainFailure())) as ReplicaState;
    tf.tidy(() => {
      const shapes = model.weights.map(({ shape }) => shape as number[]);
      model.setWeights(state.weights.map((values, i) => tf.tensor(values, shapes[i])));
    });
    optimizer.setState(state.optimizer);
    this.ahead = false;
  }

  close(): Promise<void> {
    return this.training.close();
  }
}

/** A worker's failure as the training loop knows it: a loss that is no number, or a thread that has failed. */
function explainFailure(position?: StepPosition) {
  return (error: unknown): never => {
    if (!(error instanceof ReplicaError)) throw error;
    const { code, value } = (error.cause ?? {}) as { code?: string; value?: number };
    if (code === lossCode && position) throw new NonFiniteLossError(Number(value), position.step);
    throw new WorkerError(error.message, { cause: error });
  };
}
