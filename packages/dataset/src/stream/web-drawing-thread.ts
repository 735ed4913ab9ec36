import { drawer } from './drawer.js';
import type { DrawingThread } from './drawing-thread.js';
import { buffersOf, type StreamAnswer, type StreamRequest, type StreamWorkerSetup } from './stream-message.js';

/** What of a browser's `Worker` is used: libraries have no types of browsers. */
export interface DrawingWorker {
  addEventListener(type: 'message', hear: (event: { readonly data: StreamAnswer }) => void): void;
  addEventListener(type: 'error', hear: (event: { readonly message?: string; preventDefault(): void }) => void): void;
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  terminate(): void;
}

/** What of a worker's own scope is used. */
export interface DrawingScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
}

/** A browser's worker whose script calls {@link serveDrawing}. */
export function webDrawingThread(worker: DrawingWorker, setup: StreamWorkerSetup): DrawingThread {
  worker.postMessage(setup, []);
  return {
    ask: (request) => worker.postMessage(request, buffersOf(request)),
    listen({ answer, failed }) {
      worker.addEventListener('message', ({ data }) => answer(data));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        failed(`failed: ${event.message || 'its script cannot be started'}`, event);
      });
    },
    end: async () => worker.terminate(),
  };
}

/** The other end: makes a browser's worker one that draws. Its script has nothing else to do: `serveDrawing(self)`. */
export function serveDrawing(scope: DrawingScope): void {
  let draw: ReturnType<typeof drawer> | undefined;
  scope.onmessage = ({ data }) => {
    if (draw) void draw(data as StreamRequest);
    else draw = drawer(data as StreamWorkerSetup, (answer, transfer) => scope.postMessage(answer, transfer));
  };
}
