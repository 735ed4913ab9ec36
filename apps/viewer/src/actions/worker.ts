import { WorkerClient } from '../worker/worker-client.js';

/** The worker of this page. */
export const worker = new WorkerClient(
  new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'kanrecon' }),
);
