import { GradientExchange } from './gradient-exchange.js';
import type { ReplicaReady } from './messages.js';
import { ReplicaThread } from './replica-thread.js';

/** One worker's part of a batch. */
export interface BatchShare<Share> {
  readonly data: Share;
  /** Its number of samples: the weight of its gradients. */
  readonly count: number;
  /** Buffers in `data` that are handed over instead of copied. */
  readonly transfer?: readonly Transferable[];
}

/** How replicas are started. */
export interface DataParallelOptions {
  /** The module that calls `serveReplica`: a URL, or an absolute path. */
  readonly module: URL | string;
  /** Number of worker threads. */
  readonly workers: number;
  /** Given to every replica's constructor function, by structured clone. */
  readonly setup?: unknown;
}

/**
 * A network that is trained by several worker threads at once. Made by `startDataParallel`; it keeps the process alive until
 * {@link close}.
 *
 * When a worker fails, the others are ended, and this and every further call is rejected with the same `ReplicaError`.
 */
export class DataParallel<Share = unknown, Common = unknown> {
  private readonly threads: readonly ReplicaThread[];
  private ended: Error | undefined;

  /** @internal use startDataParallel */
  constructor({ module, workers, setup }: DataParallelOptions) {
    const onFailure = (error: Error) => {
      this.end(error);
    };
    this.threads = Array.from({ length: workers }, (_, rank) => {
      return new ReplicaThread(module, { rank, workers, setup }, onFailure);
    });
  }

  /** Number of worker threads. */
  get workers(): number {
    return this.threads.length;
  }

  /** @internal waits for all replicas and gives them the buffer they share */
  async begin(): Promise<void> {
    const [first, ...others] = (await Promise.all(this.threads.map(({ ready }) => ready))) as ReplicaReady[];
    if (others.some(({ floats, checksum }) => floats !== first!.floats || checksum !== first!.checksum)) {
      throw new Error(
        'startDataParallel: the replicas begin with different parameters; expected the same bits in all: build them from one seed, or from the weights in setup',
      );
    }
    const buffer = new SharedArrayBuffer(GradientExchange.byteLength(this.workers, first!.floats));
    await Promise.all(this.threads.map((thread) => thread.send({ kind: 'begin', buffer })));
  }

  /**
   * One step of training: gradients on all shares at once, their average over the batch (each share weighs as much as it has
   * samples), the optimizer's step in every replica.
   *
   * @param shares by worker; missing or with a count of 0 for a worker that has none this time
   * @param common told to all workers
   * @returns the mean loss over the batch
   */
  async step(shares: readonly (BatchShare<Share> | undefined)[], common: Common): Promise<number> {
    this.checkRunning();
    const counts = this.threads.map((_, rank) => shares[rank]?.count ?? 0);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (
      shares.length > this.workers ||
      !(total > 0) ||
      counts.some((count) => !Number.isSafeInteger(count) || count < 0)
    ) {
      throw new Error(
        `DataParallel.step: wrong shares; expected at most ${this.workers} with whole counts and a sample in all, got counts [${shares.map((share) => share?.count ?? 0)}]`,
      );
    }
    const weights = counts.map((count) => count / total);
    const losses = await Promise.all(
      this.threads.map((thread, rank) => {
        const { data: share, transfer } = (counts[rank] && shares[rank]) || {};
        return thread.send({ kind: 'step', weights, share, common }, transfer);
      }),
    );
    return losses.reduce((sum: number, loss, rank) => sum + weights[rank]! * (loss as number), 0);
  }

  /** Asks one replica (its function `answer`). */
  async ask(question: unknown, rank = 0): Promise<unknown> {
    this.checkRunning();
    const thread = this.threads[rank];
    if (!thread) {
      throw new Error(`DataParallel.ask: there is no worker ${rank}; expected 0 to ${this.workers - 1}`);
    }
    return thread.send({ kind: 'ask', question });
  }

  /**
   * SHA-256 over the bits of parameters and statistics.
   *
   * @throws if they are not the same in all replicas
   */
  async checksum(): Promise<string> {
    this.checkRunning();
    const sums = (await Promise.all(this.threads.map((thread) => thread.send({ kind: 'checksum' })))) as string[];
    const different = sums.findIndex((sum) => sum !== sums[0]);
    if (different === -1) return sums[0]!;
    throw new Error(
      `DataParallel.checksum: the parameters of worker ${different + 1} of ${this.workers} are not those of worker 1; expected equal bits`,
    );
  }

  /** Ends the worker threads; what they were asked and have not answered is rejected. A second call does nothing. */
  async close(): Promise<void> {
    await this.end(new Error('DataParallel: closed'));
  }

  private async end(error: Error): Promise<void> {
    if (this.ended) return;
    this.ended = error;
    await Promise.all(this.threads.map((thread) => thread.stop(error)));
  }

  private checkRunning(): void {
    if (this.ended) throw this.ended;
  }
}
