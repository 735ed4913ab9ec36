import { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { callbackPrototype, type FitLoop, fitLoopThatFrees } from './fit-loop-that-frees.js';
import { recordingEngine } from './recording-engine.js';

/** The part of tfjs-layers' LayersModel (4.22) that trains. */
interface TrainedModel {
  fitLoop: FitLoop;
  trainOnBatch(x: unknown, y: unknown): Promise<unknown>;
  standardizeUserData(...args: unknown[]): Promise<(Tensor[] | null)[]>;
}

/**
 * Sees to it that `fit` and `trainOnBatch` of tfjs-layers' models give back what they have made themselves when a step fails: tfjs
 * frees it only if all goes well. The class is found where tfjs-layers has registered it, so it must have been imported; it is not
 * touched on other backends. Returns a function that undoes it.
 */
export function guardModels(backend: WasmBackend): () => void {
  const engine = recordingEngine();
  const isOurs = () => engine.backendInstance === backend;
  const [Model] = serialization.SerializationMap.getMap().classNameMap['Model'] ?? [];
  const model = Model?.prototype as TrainedModel | undefined;
  if (typeof model?.fitLoop !== 'function' || typeof model.trainOnBatch !== 'function') return () => {};
  const { fitLoop, trainOnBatch } = model;
  const callbacks = callbackPrototype(fitLoop);
  if (!callbacks) return () => {};
  const watch = watchTensors();

  model.fitLoop = function (...args) {
    return isOurs() ? fitLoopThatFrees(this, fitLoop, args, callbacks, watch.tensors) : fitLoop.apply(this, args);
  };

  model.trainOnBatch = async function (x, y) {
    if (!isOurs()) return trainOnBatch.call(this, x, y);
    const { standardizeUserData } = this;
    let made: Tensor[] = [];
    // Called at once, so nobody else meets this.
    this.standardizeUserData = async (...args) => {
      const standard = await standardizeUserData.apply(this, args);
      made = newTensors(standard, [x, y]);
      return standard;
    };
    const training = trainOnBatch.call(this, x, y);
    delete (this as Partial<TrainedModel>).standardizeUserData;
    try {
      return await training;
    } catch (error) {
      for (const tensor of made) tensor.dispose();
      throw error;
    }
  };

  return () => {
    Object.assign(model, { fitLoop, trainOnBatch });
    watch.stop();
  };
}

/** Those that tfjs-layers has made of what it was given: views with another shape. */
function newTensors(standard: (Tensor[] | null)[], given: unknown[]): Tensor[] {
  const known = new Set(given.flatMap((data) => (data instanceof Tensor ? [data] : Object.values(data ?? {}))));
  return standard.flatMap((tensors) => tensors ?? []).filter((tensor) => !known.has(tensor));
}

/** Tells those who ask of every tensor that is made of values. */
function watchTensors() {
  const engine = recordingEngine();
  const { makeTensor } = engine;
  const tensors = new Set<(tensor: Tensor) => void>();
  engine.makeTensor = (...args) => {
    const tensor = makeTensor.apply(engine, args);
    for (const tell of tensors) tell(tensor);
    return tensor;
  };
  return {
    tensors,
    stop() {
      // The original is on the prototype.
      delete (engine as Partial<typeof engine>).makeTensor;
    },
  };
}
