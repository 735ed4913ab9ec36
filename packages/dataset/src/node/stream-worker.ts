import { parentPort, workerData } from 'node:worker_threads';
import { drawer } from '../stream/drawer.js';
import type { StreamWorkerSetup } from '../stream/stream-message.js';

const port = parentPort!;
port.on(
  'message',
  drawer(workerData as StreamWorkerSetup, (answer, transfer) => port.postMessage(answer, transfer)),
);
