import { Worker } from 'node:worker_threads';
import type { CommandBody, ReplicaStart, Reply } from './messages.js';
import { ReplicaError } from './replica-error.js';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The main thread's end of one worker. */
export class ReplicaThread {
  /** Settles when the replica is built. */
  readonly ready: Promise<unknown>;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  /** @param onFailure called with whatever goes wrong in the worker */
  constructor(
    module: URL | string,
    private readonly start: ReplicaStart['replica'],
    private readonly onFailure: (error: ReplicaError) => void,
  ) {
    // Without the program's own flags: some, such as --input-type, keep a worker from starting.
    this.worker = new Worker(module, { workerData: { replica: start } satisfies ReplicaStart, execArgv: [] });
    this.ready = this.expect(0);
    this.worker.on('message', (reply: Reply) => this.settle(reply));
    this.worker.on('messageerror', (cause) => this.fail(`sent what cannot be read: ${cause.message}`, cause));
    this.worker.on('error', (cause) => this.fail(`failed: ${messageOf(cause)}`, cause));
    this.worker.on('exit', (code) => this.fail(`ended unexpectedly with exit code ${code}`));
  }

  /** Sends a command. @returns its answer */
  send(command: CommandBody, transfer: readonly Transferable[] = []): Promise<unknown> {
    const id = ++this.lastId;
    const answer = this.expect(id);
    this.worker.postMessage({ id, ...command }, transfer as never);
    return answer;
  }

  /** Ends the thread at once, also while it waits for others; what it still owed is rejected with `error`. */
  async stop(error: Error): Promise<void> {
    this.worker.removeAllListeners('exit');
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
    await this.worker.terminate();
  }

  private expect(id: number): Promise<unknown> {
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    // Whoever sent the command learns of it all the same; without this, an answer that nobody awaits yet ends the process.
    answer.catch(() => {});
    return answer;
  }

  private settle(reply: Reply): void {
    if ('error' in reply) {
      const cause = Object.assign(new Error(reply.error.message), reply.error.properties);
      if (reply.error.stack) cause.stack = reply.error.stack;
      this.fail(`failed: ${reply.error.message}`, cause);
      return;
    }
    this.waiting.get(reply.id)?.resolve(reply.value);
    this.waiting.delete(reply.id);
  }

  private fail(what: string, cause?: unknown): void {
    const { rank, workers } = this.start;
    this.onFailure(new ReplicaError(`worker ${rank + 1} of ${workers} ${what}`, rank, { cause }));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
