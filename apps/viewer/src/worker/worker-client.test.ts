import { describe, expect, it } from 'vitest';
import { ViewerError } from '../image/viewer-error.js';
import { WorkerClient } from './worker-client.js';

/** A worker that never answers, as one whose script could not be fetched. */
function deadWorker() {
  return { onmessage: null, onerror: null as Worker['onerror'], postMessage() {} };
}

describe('WorkerClient', () => {
  it('rejects what waits when the worker breaks down, and all that is asked later', async () => {
    const worker = deadWorker();
    const client = new WorkerClient(worker as unknown as Worker);
    const waiting = client.ask('models', null);
    worker.onerror!.call(worker as unknown as Worker, { preventDefault() {} } as ErrorEvent);
    await expect(waiting).rejects.toThrow(ViewerError);
    await expect(client.ask('models', null)).rejects.toThrow(/could not be started or has stopped; reload the page/);
  });

  it('rejects what is aborted with the signal’s reason', async () => {
    const controller = new AbortController();
    const client = new WorkerClient(deadWorker() as unknown as Worker);
    const waiting = client.ask('models', null, { signal: controller.signal });
    controller.abort(new DOMException('stopped', 'AbortError'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
