import type { FromWorker, RequestName, Requests, ToWorker } from './protocol.js';
import { sentenceOf } from './sentence-of.js';
import type { TaskContext } from './task-context.js';

// The worker's door: takes requests, hands each to its task, and answers. Tasks are loaded when they are first asked for.

type Task<N extends RequestName> = (
  input: Requests[N]['input'],
  context: TaskContext<Requests[N]['event']>,
) => Promise<Requests[N]['output']>;

const tasks: { readonly [N in RequestName]: () => Promise<Task<N>> } = {
  models: async () => (await import('./tasks/list-models.js')).listModels,
  missing: async () => (await import('./tasks/list-missing.js')).listMissing,
  samples: async () => (await import('./tasks/draw-samples.js')).drawSamples,
  read: async () => (await import('./tasks/read-image.js')).readImage,
  answer: async () => (await import('./tasks/answer-image.js')).answerImage,
  choose: async () => (await import('./tasks/choose-model.js')).chooseModelFor,
  refine: async () => (await import('./tasks/refine-object.js')).refineObject,
  compare: async () => (await import('./tasks/compare-meshes.js')).compareMeshes,
  inside: async () => (await import('./tasks/look-inside.js')).lookInside,
  edge: async () => (await import('./tasks/read-edge.js')).readEdge,
  identify: async () => (await import('./tasks/identify-surface.js')).identifySurface,
};

const running = new Map<number, AbortController>();
const post = (message: FromWorker) => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'stop') running.get(data.id)?.abort();
  else void run(data.id, data.name, data.input);
};

async function run<N extends RequestName>(id: number, name: N, input: Requests[N]['input']): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  running.set(id, controller);
  try {
    const task: Task<N> = await tasks[name]();
    const output = await task(input, { signal, tell: (event) => post({ kind: 'event', id, event }) });
    signal.throwIfAborted();
    post({ kind: 'done', id, output });
  } catch (error) {
    post({ kind: 'failed', id, sentence: sentenceOf(error), stopped: signal.aborted });
  } finally {
    running.delete(id);
  }
}
