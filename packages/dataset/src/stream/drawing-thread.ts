import type { StreamAnswer, StreamRequest } from './stream-message.js';

/** A thread that draws batches, be it one of Node.js or a browser's worker. */
export interface DrawingThread {
  /** Asks for a batch. The request's buffers are handed over. */
  ask(request: StreamRequest): void;
  /** Called once, before anything is asked. `failed` is told in words why the thread answers no more: "ended with exit code 3". */
  listen(hear: { answer(answer: StreamAnswer): void; failed(reason: string, cause?: unknown): void }): void;
  /** Ends the thread. */
  end(): Promise<unknown>;
}
