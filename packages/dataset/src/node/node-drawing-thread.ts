import type { Worker } from 'node:worker_threads';
import type { DrawingThread } from '../stream/drawing-thread.js';
import { buffersOf } from '../stream/stream-message.js';

/** A thread of Node.js that runs `stream-worker.js`. */
export function nodeDrawingThread(worker: Worker): DrawingThread {
  return {
    ask: (request) => worker.postMessage(request, buffersOf(request)),
    listen({ answer, failed }) {
      worker.on('message', answer);
      worker.on('error', (cause) => failed(`failed: ${cause.message}`, cause));
      worker.on('exit', (code) => failed(`ended with exit code ${code}`));
    },
    end: () => worker.terminate(),
  };
}
