import type { TrainingEvent } from '../../src/index.js';
import { type BrowserTrained, type BrowserTraining, trainInBrowser } from './train-in-browser.js';
import type { WorkerMessage, WorkerRequest } from './worker.js';

/** How a training ended, and what it told. */
export interface PageTraining {
  readonly events: TrainingEvent[];
  readonly complete: boolean;
}

async function onPage(): Promise<PageTraining> {
  const events: TrainingEvent[] = [];
  const { complete } = await trainInBrowser({}, (event) => events.push(event));
  return { events, complete };
}

/** In a Web Worker, which is told to stop after so many steps. */
function inWorker(request: BrowserTraining, stopAfter: number): Promise<PageTraining & BrowserTrained> {
  const worker = new Worker('/worker.js', { type: 'module' });
  const ask = (message: WorkerRequest) => worker.postMessage(message);
  const events: TrainingEvent[] = [];
  return new Promise<PageTraining & BrowserTrained>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if ('error' in data) reject(new Error(data.error));
      else if ('result' in data) resolve({ ...data.result, events });
      else {
        events.push(data.event);
        if (events.filter(({ type }) => type === 'step').length === stopAfter) ask({ stop: true });
      }
    };
    ask({ train: request });
  }).finally(() => worker.terminate());
}

/** Stopped by a message, and gone on with in another worker. */
async function inTwoWorkers(stopAfter: number): Promise<PageTraining[]> {
  const first = await inWorker({}, stopAfter);
  const second = await inWorker({ resume: first.checkpoint }, Number.POSITIVE_INFINITY);
  // Not the checkpoints: a test needs none of these megabytes.
  return [first, second].map(({ events, complete }) => ({ events, complete }));
}

Object.assign(self, { onPage, inTwoWorkers });
