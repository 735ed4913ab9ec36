import type { FromWorker, RequestTable, ToWorker } from './protocol.js';
import { sentenceOf } from './sentence-of.js';
import type { TaskContext } from './task-context.js';

/** Does what one request asks for. */
export type Task<R extends RequestTable<R>, N extends keyof R> = (
  input: R[N]['input'],
  context: TaskContext<R[N]['event']>,
) => Promise<R[N]['output']>;

/** A worker's door: takes requests, hands each to its task, and answers. Each task is loaded when it is asked for. */
export function serveTasks<R extends RequestTable<R>>(
  tasks: {
    readonly [N in keyof R]: () => Promise<Task<R, N>>;
  },
): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker) => self.postMessage(message);

  const run = async <N extends keyof R>(id: number, name: N, input: R[N]['input']): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    try {
      const task: Task<R, N> = await tasks[name]();
      const output = await task(input, { signal, tell: (event) => post({ kind: 'event', id, event }) });
      signal.throwIfAborted();
      post({ kind: 'done', id, output });
    } catch (error) {
      post({ kind: 'failed', id, sentence: sentenceOf(error), stopped: signal.aborted });
    } finally {
      running.delete(id);
    }
  };

  self.onmessage = ({ data }: MessageEvent<ToWorker<R>>) => {
    if (data.kind === 'stop') running.get(data.id)?.abort();
    else void run(data.id, data.name, data.input);
  };
}
