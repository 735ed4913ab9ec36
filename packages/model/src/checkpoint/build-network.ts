import { io, serialization, util } from '@tensorflow/tfjs-core';
import {
  type LayersModel,
  layers,
  model as layersModel,
  type Shape,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { CheckpointError } from './checkpoint-error.js';
import { fromPythonConfig } from './from-python-config.js';
import { type GraphLayer, networkGraph } from './network-graph.js';
import type { ModelJson } from './reconstructor-artifacts.js';
import { type WeightEntry, weightEntries } from './weight-entries.js';

type Layer = ReturnType<typeof layers.dense>;
type AddWeight = (name: string, shape: Shape, ...rest: unknown[]) => unknown;

/** Numbers that a layer may put out for an image: EfficientNet-B0 at 1024 pixels has 25 million at most. */
const mostOutputs = 2 ** 27;
/** Multiplications for an image, roughly: EfficientNet-B0 at 1024 pixels needs 2 ** 33. */
const mostWork = 2 ** 38;
/** Any number of a layer's configuration but its seeds. */
const greatestSetting = 1e6;
/** Layers that hold others, or go through a sequence step by step: neither is part of a network from an image to numbers. */
const nesting =
  /^(Model|Functional|LayersModel|Sequential|TimeDistributed|Bidirectional|Wrapper|RNN|StackedRNNCells|.*(RNN|LSTM|GRU)\w*)$/;

/**
 * Makes the network that model.json describes, with its weights, on the backend in use. Like `tf.loadLayersModel`, but the graph is
 * checked before any of it is built, each layer by itself: what a file may claim of shapes and sizes is bounded by the weights that
 * really come with it.
 *
 * @param weights float32, in the order of `weightsManifest`
 * @throws CheckpointError in one sentence; nothing is left in memory then
 */
export function buildNetwork(model: ModelJson, weights: Uint8Array): LayersModel {
  const graph = networkGraph(model.modelTopology);
  const entries = weightEntries(model, weights);
  const made: Layer[] = [];
  try {
    const outputs = new Map<string, SymbolicTensor>();
    const budget = { weights: weights.byteLength / 4, work: mostWork };
    for (const each of graph.layers) outputs.set(each.name, applyLayer(each, outputs, budget, made));
    const ends = { inputs: outputs.get(graph.input)!, outputs: outputs.get(graph.output)! };
    const network = inWords('the network cannot be built', () => layersModel({ ...ends, name: graph.name }));
    setWeights(network, entries, weights);
    return network;
  } catch (error) {
    for (const layer of made) for (const weight of layer.weights) weight.dispose();
    throw error;
  }
}

function applyLayer(
  each: GraphLayer,
  outputs: ReadonlyMap<string, SymbolicTensor>,
  budget: { weights: number; work: number },
  made: Layer[],
): SymbolicTensor {
  const { name, inputs } = each;
  const layer = inWords(`the layer "${name}" cannot be made`, () => makeLayer(each));
  made.push(layer);
  let own = 0;
  const done = guardWeights(layer, (shape) => {
    const numbers = util.sizeFromShape(shape as number[]);
    own += numbers;
    budget.weights -= numbers;
    if (!(budget.weights >= 0)) throw new Error('it needs more weights than there are');
  });
  const output = inWords(`the layer "${name}" cannot be built`, () => {
    if (inputs.length === 0) return layer.output as SymbolicTensor;
    const from = inputs.map((input) => outputs.get(input)!);
    return layer.apply(from.length === 1 ? from[0] : from) as SymbolicTensor;
  });
  done();
  const shape = output?.shape?.slice(1);
  if (!shape?.every((size) => Number.isSafeInteger(size) && size! > 0)) {
    throw wrong(`the layer "${name}" puts out [${shape}]; expected whole numbers above 0`);
  }
  const size = util.sizeFromShape(shape as number[]);
  if (size > mostOutputs) {
    throw wrong(`the layer "${name}" puts out ${size} numbers for an image; expected at most ${mostOutputs}`);
  }
  const places = size / shape.at(-1)!;
  budget.work -= size * windowOf(each) + own * places;
  if (!(budget.work >= 0)) throw wrong(`up to the layer "${name}" it takes more computing than any network of ours`);
  return output;
}

function makeLayer({ kind, config }: GraphLayer): Layer {
  const known = serialization.SerializationMap.getMap().classNameMap[kind];
  if (nesting.test(kind) || !Object.hasOwn(serialization.SerializationMap.getMap().classNameMap, kind)) {
    throw new Error(`it is of the unknown kind ${JSON.stringify(kind)}`);
  }
  checkNumbers(config, 'configuration');
  const { epsilon, dtype } = config as { readonly epsilon?: unknown; readonly dtype?: unknown };
  if (dtype !== undefined && dtype !== null && dtype !== 'float32') {
    throw new Error(`dtype is wrong; expected "float32", got ${JSON.stringify(dtype)}`);
  }
  if (epsilon !== undefined && !(typeof epsilon === 'number' && epsilon >= 0 && epsilon <= 1)) {
    throw new Error(`epsilon is wrong; expected a number from 0 to 1, got ${epsilon}`);
  }
  const [Kind, fromConfig] = known;
  const layer = fromConfig(Kind, fromPythonConfig(config) as serialization.ConfigDict) as unknown as Layer;
  if (!(layer instanceof layers.Layer)) throw new Error(`${JSON.stringify(kind)} is no layer`);
  // Zeros in place of random numbers, which take most of the time.
  layer.setFastWeightInitDuringBuild(true);
  return layer;
}

/** No setting is so great that a layer could fill the memory with it alone. */
function checkNumbers(value: unknown, place: string): void {
  if (typeof value === 'number' && Math.abs(value) > greatestSetting && !place.endsWith('seed')) {
    throw new Error(`${place} is wrong; expected at most ${greatestSetting}, got ${value}`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    checkNumbers(inner, Array.isArray(value) ? place : key);
  }
}

/** Asks before a layer makes a weight. @returns makes an end of that */
function guardWeights(layer: Layer, ask: (shape: Shape) => void): () => void {
  const open = layer as unknown as { addWeight: AddWeight };
  const { addWeight } = open;
  open.addWeight = function (this: Layer, name, shape, ...rest) {
    ask(shape);
    return addWeight.call(this, name, shape, ...rest);
  };
  return () => {
    delete (open as Partial<typeof open>).addWeight;
  };
}

/** Numbers that a pooling layer looks at for each that it puts out. */
function windowOf({ config }: GraphLayer): number {
  const pool = config['pool_size'];
  return Array.isArray(pool) ? pool.reduce((a: number, b: number) => a * b, 1) : 1;
}

function setWeights(network: LayersModel, entries: readonly WeightEntry[], bytes: Uint8Array): void {
  const stored = new Map(entries.map((entry) => [entry.name, entry]));
  for (const { originalName: name, shape } of network.weights) {
    const found = stored.get(name);
    if (!found) throw wrong(`its weight "${name}" is not in weightsManifest`);
    if (`${found.shape}` !== `${shape}`) {
      throw wrong(`its weight "${name}" has the shape [${shape}], but weightsManifest says [${found.shape}]`);
    }
    stored.delete(name);
  }
  const [unused] = stored.keys();
  if (unused !== undefined) throw wrong(`weightsManifest has "${unused}", which is no weight of it`);
  // A copy: the cpu backend would go on using, and training would change, the caller's bytes.
  const values = io.decodeWeights(bytes.slice().buffer, [...entries]);
  try {
    network.loadWeights(values);
  } finally {
    for (const value of Object.values(values)) value.dispose();
  }
}

/** What TensorFlow.js says, in a sentence. */
function inWords<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw wrong(`${what}: ${inOneLine(cause as Error)}`, cause);
  }
}

function inOneLine({ name, message }: Error): string {
  const [line] = message.split('\n');
  const reason = line.replace(/\. This may be due.*|[\s.]+$/g, '').slice(0, 200);
  // JavaScript's own errors are about the code that stumbled.
  return name === 'TypeError' || name === 'RangeError' || reason.includes('[object')
    ? 'one of its settings is of the wrong kind'
    : reason.replaceAll(/'?\bundefined\b'?/g, 'nothing');
}

function wrong(reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError(`buildNetwork: the network in model.json cannot be used: ${reason}`, { cause });
}
