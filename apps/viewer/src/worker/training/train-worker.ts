import { serveTasks } from '../serve-tasks.js';
import type { TrainRequests } from './train-protocol.js';

// The door of the worker that trains: one of its own, so that images are answered as quickly as ever meanwhile.

const stop = new AbortController();

serveTasks<TrainRequests>({
  train: async () => {
    const { trainNetwork } = await import('./train-network.js');
    return (input, { tell }) => trainNetwork(input, { tell, signal: stop.signal });
  },
  stop: async () => async () => {
    stop.abort(new DOMException('stopped', 'AbortError'));
    return null;
  },
});
