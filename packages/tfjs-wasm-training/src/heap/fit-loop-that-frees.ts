import { Tensor } from '@tensorflow/tfjs-core';

/** `LayersModel.fitLoop` of tfjs-layers 4.22; of its arguments [1] are inputs and targets, [6] callbacks. */
export type FitLoop = (this: object, ...args: unknown[]) => Promise<unknown>;

type Logs = Record<string, unknown>;

/** BaseCallback of tfjs-layers, and what its BaseLogger and its History have besides. */
export interface Callback {
  setParams(params: unknown): void;
  onEpochBegin(epoch: number, logs: Logs): Promise<void>;
  onBatchBegin(batch: number, logs: Logs): Promise<void>;
  /** The running sums of an epoch. */
  totals?: Logs;
  syncData?(): Promise<void>;
}

/**
 * Runs the loop of `model.fit`. When it fails, what only the end of an epoch or of the training would have freed is freed: the
 * numbers of the samples, which the loop keeps in a tensor for an epoch, the values and running sums of its log; the history of the
 * epochs before becomes numbers, as at the end.
 *
 * @param base the prototype that all callbacks of tfjs-layers have in common
 * @param watchers told of every tensor that is made of values, while they are in the set
 */
export async function fitLoopThatFrees(
  model: object,
  fitLoop: FitLoop,
  args: unknown[],
  base: Callback,
  watchers: Set<(tensor: Tensor) => void>,
): Promise<unknown> {
  const [samples, callbacks] = [(args[1] as Tensor[])[0]?.shape[0], args[6] as Callback[]];
  let batchLogs: Logs = {};
  let made: Tensor[] = [];
  const watcher = (tensor: Tensor) => {
    if (tensor.rank === 1 && tensor.size === samples && tensor.dtype === 'float32') made.push(tensor);
  };
  // The loop makes its tensor between the last callback at the beginning of an epoch and the first one of its first batch.
  const last: Callback = Object.assign(Object.create(base), {
    async onEpochBegin() {
      made = [];
      watchers.add(watcher);
    },
  });
  const first: Callback = Object.assign(Object.create(base), {
    async onBatchBegin(_batch: number, logs: Logs) {
      watchers.delete(watcher);
      batchLogs = logs;
    },
  });
  const all: Callback[] = [];
  const { setParams } = base;
  // Called at once, so nobody else meets this.
  base.setParams = function (params) {
    all.push(this);
    setParams.call(this, params);
  };
  const training = fitLoop.apply(model, [...args.slice(0, 6), [first, ...callbacks, last], ...args.slice(7)]);
  base.setParams = setParams;
  try {
    return await training;
  } catch (error) {
    // Two of them: someone else made one of the same kind just then. Better to leave both than to free another's.
    if (made.length === 1) made[0]!.dispose();
    // BaseLogger is the first of all callbacks, History the last.
    for (const logs of [batchLogs, all[0]?.totals ?? {}]) {
      for (const value of Object.values(logs)) if (value instanceof Tensor) value.dispose();
    }
    await all.at(-1)?.syncData?.();
    throw error;
  } finally {
    watchers.delete(watcher);
  }
}

/** The prototype that all callbacks of tfjs-layers have in common, which it does not export: a training of no epochs shows one. */
export function callbackPrototype(fitLoop: FitLoop): Callback | undefined {
  let callback: object | undefined;
  const model = {
    checkNumSamples: () => 0,
    get history() {
      return callback;
    },
    set history(value) {
      callback = value;
    },
  };
  // (f, ins, outLabels, batchSize, epochs, verbose, callbacks)
  fitLoop.call(model, null, [], [], 1, 0, 0, []).catch(() => {});
  let root = callback;
  for (let next = root; next && next !== Object.prototype; next = Object.getPrototypeOf(next)) root = next;
  return root as Callback | undefined;
}
