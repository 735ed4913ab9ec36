// Loaded before the program (NODE_OPTIONS=--import): makes the thread that draws training images fail at its tenth batch.
import { isMainThread, parentPort, workerData } from 'node:worker_threads';

if (!isMainThread && workerData?.scene && workerData.batchSize) {
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message, transfer) => {
    if (message.images && message.number === 9) throw new Error('out of paint');
    post(message, transfer);
  };
}
