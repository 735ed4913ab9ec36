import { ViewerError } from '../image/viewer-error.js';
import type { FromWorker, Requests, RequestTable, ToWorker } from './protocol.js';

/** Options of {@link WorkerClient.ask}. */
export interface AskOptions<E> {
  readonly onEvent?: (event: E) => void;
  /** Aborted: the worker ends its work, and the request is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

interface Waiting {
  resolve(output: unknown): void;
  reject(error: unknown): void;
  onEvent(event: unknown): void;
}

/** The page's end of the protocol: each request is a promise. */
export class WorkerClient<R extends RequestTable<R> = Requests> {
  private readonly waiting = new Map<number, Waiting>();
  private next = 1;
  /** Why nothing is answered any more. */
  private broken: ViewerError | undefined;

  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.broken = new ViewerError(
        'The part of this page that computes could not be started or has stopped; reload the page, or use a current browser.',
        { cause: event },
      );
      for (const { reject } of this.waiting.values()) reject(this.broken);
      this.waiting.clear();
    };
  }

  /** @throws ViewerError with a sentence for people; the signal's reason when aborted */
  ask<N extends keyof R>(
    name: N,
    input: R[N]['input'],
    { onEvent, signal }: AskOptions<R[N]['event']> = {},
  ): Promise<R[N]['output']> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      if (this.broken) return reject(this.broken);
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        this.post({ kind: 'stop', id });
        this.waiting.delete(id);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
      const ended = () => signal?.removeEventListener('abort', stop);
      this.waiting.set(id, {
        resolve: (output) => {
          ended();
          resolve(output as R[N]['output']);
        },
        reject: (error) => {
          ended();
          reject(error);
        },
        onEvent: (event) => onEvent?.(event as R[N]['event']),
      });
      this.post({ kind: 'ask', id, name, input } as ToWorker<R>);
    });
  }

  private post(message: ToWorker<R>): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromWorker): void {
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    if (message.kind === 'event') {
      waiting.onEvent(message.event);
      return;
    }
    this.waiting.delete(message.id);
    if (message.kind === 'done') waiting.resolve(message.output);
    else waiting.reject(new ViewerError(message.sentence));
  }
}
