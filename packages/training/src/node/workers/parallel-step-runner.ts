import {
  type AdamW,
  type AdamWState,
  type Reconstructor,
  type ReconstructorArtifacts,
  toArtifacts,
} from '@kanrecon/model';
import { type DataParallel, splitBatch, startDataParallel } from '@kanrecon/tfjs-wasm-training/node';
import * as tf from '@tensorflow/tfjs-core';
import type { StepPosition, StepRunner } from '../../loop/step-runner.js';
import type { BackendName } from '../backends/backend-names.js';
import type { TrainingSettings } from '../run/run-config.js';

/** What the session's network and optimizer are, and how its replicas are to be trained. */
export interface ParallelStepOptions {
  reconstructor: Reconstructor;
  optimizer: AdamW;
  training: TrainingSettings;
  backend: BackendName;
}

/** What a worker builds its replica from. */
export interface ReplicaSetup {
  artifacts: ReconstructorArtifacts;
  training: TrainingSettings;
  backend: BackendName;
}

/** A worker's part of a batch. */
export interface ReplicaShare {
  images: Uint8Array;
  targets: Float32Array;
}

/** What a worker gives back: everything that training has changed. */
export interface ReplicaState {
  /** In the order of the model's weights. */
  weights: Float32Array[];
  optimizer: AdamWState;
}

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
  static async start({ reconstructor, optimizer, training, backend }: ParallelStepOptions): Promise<StepRunner> {
    const setup: ReplicaSetup = { artifacts: await toArtifacts(reconstructor, { optimizer }), training, backend };
    const module = new URL('./replica-worker.js', import.meta.url);
    const { workers } = training;
    const running = await startDataParallel<ReplicaShare, StepPosition>({ module, workers, setup });
    return new ParallelStepRunner(running, { reconstructor, optimizer });
  }

  step(images: Uint8Array, targets: Float32Array, position: StepPosition): Promise<number> {
    const { outputs } = this.session.reconstructor;
    const count = targets.length / outputs;
    const pixels = images.length / count;
    const shares = splitBatch(count, this.training.workers, minimumShare).map(({ start, end }) => {
      const part = images.slice(start * pixels, end * pixels);
      const data = { images: part, targets: targets.slice(start * outputs, end * outputs) };
      return { data, count: end - start, transfer: [part.buffer] };
    });
    this.ahead = true;
    return this.training.step(shares, position);
  }

  async synchronise(): Promise<void> {
    if (!this.ahead) return;
    const { reconstructor, optimizer } = this.session;
    const { model } = reconstructor;
    const state = (await this.training.ask('state')) as ReplicaState;
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
