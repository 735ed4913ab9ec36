import type { TrainingEvent } from '../../src/index.js';
import { type BrowserTrained, type BrowserTraining, trainInBrowser } from './train-in-browser.js';

/** What a worker is told. */
export type WorkerRequest = { readonly train: BrowserTraining } | { readonly stop: true };

/** What it tells. */
export type WorkerMessage =
  | { readonly event: TrainingEvent }
  | { readonly result: BrowserTrained }
  | { readonly error: string };

const controller = new AbortController();
const tell = (message: WorkerMessage) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  if ('stop' in data) {
    controller.abort();
    return;
  }
  trainInBrowser(data.train, (event) => tell({ event }), controller.signal).then(
    (result) => tell({ result }),
    (error: Error) => tell({ error: String(error.stack ?? error) }),
  );
};
