import type { ElementType } from './element-types.js';
import { PickleGlobal, PickleStorage, type PickleValue } from './pickle-value.js';
import { showValue } from './show-value.js';
import { MAX_AXES, StoredTensor } from './stored-tensor.js';

/** Element types by torch's names of storages. */
const storageTypes: Readonly<Record<string, ElementType>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

/** What a defaultdict makes of a missing key; here a name and no more, which cannot be called. */
const factories = ['list', 'dict', 'int', 'float', 'str', 'bool', 'tuple'];

function makeCallables(): PickleGlobal[] {
  return [
    new PickleGlobal('collections.OrderedDict', orderedDict),
    // What counts and histories beside the weights are kept in: dictionaries, which is all that is wanted of them.
    new PickleGlobal('collections.Counter', counter),
    new PickleGlobal('collections.defaultdict', () => new Map()),
    new PickleGlobal('torch._utils._rebuild_tensor', (args) => rebuildTensor('_rebuild_tensor', args, 4, 4)),
    // storage, offset, size, stride, requires_grad, backward hooks, and in some versions metadata
    new PickleGlobal('torch._utils._rebuild_tensor_v2', (args) => rebuildTensor('_rebuild_tensor_v2', args, 6, 7)),
    new PickleGlobal('torch._utils._rebuild_parameter', rebuildParameter),
    new PickleGlobal('torch.Size', (args) => {
      if (args.length === 1 && isCounts(args[0])) return args[0];
      throw new RangeError('torch.Size of what are no sizes');
    }),
  ];
}

/** Made when a checkpoint is read, so that a program that reads none holds none of it. */
let globals: Map<string, PickleGlobal> | undefined;

function makeGlobals(): Map<string, PickleGlobal> {
  const types = Object.keys(storageTypes).map((name) => `torch.${name}`);
  const named = ['builtins', '__builtin__'].flatMap((module) => factories.map((name) => `${module}.${name}`));
  const inert = [...types, ...named].map((name) => new PickleGlobal(name));
  return new Map([...makeCallables(), ...inert].map((one) => [one.name, one]));
}

/**
 * What a checkpoint may name: a dictionary, tensors and the types of their storages. Everything else is refused by name.
 *
 * @throws RangeError for any other
 */
export function findTorchGlobal(module: string, name: string): PickleGlobal {
  globals ??= makeGlobals();
  const found = globals.get(`${module}.${name}`);
  if (found) return found;
  throw new RangeError(
    `it asks for ${JSON.stringify(`${module}.${name}`.slice(0, 200))}; expected nothing but dictionaries and tensors: save the weights alone, torch.save(model.state_dict(), file) or torch.save(checkpoint['model_state_dict'], file)`,
  );
}

/** The element type of a storage that a pickle names; undefined for what is no storage's type. */
export function storageTypeOf(value: PickleValue | undefined): ElementType | undefined {
  if (!(value instanceof PickleGlobal) || value.call) return undefined;
  return storageTypes[value.name.slice('torch.'.length)];
}

function orderedDict(args: readonly PickleValue[], charge: (items: number) => void): PickleValue {
  if (args.length === 0) return new Map();
  const pairs = args[0];
  if (args.length > 1 || !Array.isArray(pairs)) throw new RangeError('an OrderedDict of what are no pairs');
  charge(pairs.length);
  const out = new Map<string, PickleValue>();
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string') {
      throw new RangeError('an OrderedDict of what are no pairs of a name and a value');
    }
    if (out.has(pair[0])) throw new RangeError(`the key ${showValue(pair[0])} stands twice in a dictionary`);
    out.set(pair[0], pair[1] as PickleValue);
  }
  return out;
}

/** Its argument is a dictionary of counts. */
function counter(args: readonly PickleValue[]): PickleValue {
  const [counts = new Map()] = args;
  if (args.length > 1 || !(counts instanceof Map)) throw new RangeError('a Counter of what are no counts');
  return counts;
}

function rebuildTensor(name: string, args: readonly PickleValue[], least: number, most: number): StoredTensor {
  const [storage, offset, shape, strides, , , metadata] = args;
  const fits = storage instanceof PickleStorage && isCount(offset) && isCounts(shape) && isCounts(strides);
  if (!fits || args.length < least || args.length > most) {
    throw new RangeError(`torch._utils.${name} with other arguments than storage, offset, size and stride`);
  }
  // Among it that the numbers are to be negated or conjugated.
  if (metadata != null && !(metadata instanceof Map && metadata.size === 0)) {
    throw new RangeError(
      `a tensor with metadata (${showValue(metadata instanceof Map ? [...metadata.keys()].slice(0, 20) : metadata)}), which is not read; save it resolved: tensor.resolve_neg().resolve_conj()`,
    );
  }
  try {
    return new StoredTensor({ storage: storage.storage, offset, shape, strides });
  } catch (cause) {
    throw new RangeError(`a tensor that does not fit its storage: ${(cause as Error).message}`, { cause });
  }
}

function rebuildParameter(args: readonly PickleValue[]): StoredTensor {
  const [data] = args;
  if (data instanceof StoredTensor && args.length === 3) return data;
  throw new RangeError('torch._utils._rebuild_parameter of what is no tensor');
}

function isCount(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Sizes or strides. The number of axes comes first: one list of many could be looked through over and over. */
function isCounts(value: PickleValue | undefined): value is number[] {
  if (!Array.isArray(value)) return false;
  if (value.length > MAX_AXES) throw new RangeError(`a tensor of ${value.length} axes; at most ${MAX_AXES} are read`);
  return value.every(isCount);
}
