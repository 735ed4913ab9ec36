import { parentPort, workerData } from 'node:worker_threads';
import { drawer } from '../stream/drawer.js';
import { buffersOf, type StreamRequest, type StreamWorkerSetup } from '../stream/stream-message.js';

const port = parentPort!;
const draw = drawer(workerData as StreamWorkerSetup);

port.on('message', async (request: StreamRequest) => {
  const answer = await draw(request);
  port.postMessage(answer, 'error' in answer ? [] : buffersOf(answer));
});
