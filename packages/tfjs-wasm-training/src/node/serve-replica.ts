import { parentPort, workerData } from 'node:worker_threads';
import type { Command, ReplicaStart, Reply, SentError } from './messages.js';
import type { CreateReplica } from './replica.js';
import { ReplicaHost } from './replica-host.js';

/**
 * Makes this worker thread a replica. Call it once, in the module that is given to `startDataParallel`.
 *
 * @throws if the module was not started by `startDataParallel`
 */
export async function serveReplica<Setup, Share, Common>(create: CreateReplica<Setup, Share, Common>): Promise<void> {
  const port = parentPort;
  const start = (workerData as Partial<ReplicaStart> | null)?.replica;
  if (!port || !start) {
    throw new Error('serveReplica: this thread was not started by startDataParallel; expected to run in its worker');
  }
  const { setup, ...place } = start;
  const reply = (message: Reply) => port.postMessage(message);
  const attempt = async (id: number, work: () => unknown) => {
    try {
      reply({ id, value: await work() });
    } catch (error) {
      reply({ id, error: sentError(error) });
    }
  };
  await attempt(0, async () => {
    const host = new ReplicaHost(await create(setup as Setup, place), place);
    // One command after the other, whatever they wait for.
    let queue = Promise.resolve();
    port.on('message', ({ id, ...command }: Command) => {
      queue = queue.then(() => attempt(id, () => host.carryOut(command)));
    });
    return host.ready();
  });
}

function sentError(error: unknown): SentError {
  const given = error instanceof Error ? error : new Error(String(error));
  const { message, stack } = given;
  const plain = Object.entries(given).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  return { message, ...(stack !== undefined && { stack }), properties: Object.fromEntries(plain) };
}
