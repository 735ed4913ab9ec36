import { expect, it } from 'vitest';
import { readTorchCheckpoint, readWeights, WeightFileError } from '../../src/index.js';
import { archive, bytesOf, dictionary, floats, op, tensor, uint } from './torch-archive.js';

const call = (module: string, name: string, argument = 'touch /tmp/hacked') =>
  bytesOf(op.global(module, name), op.mark, op.text(argument), op.tuple, op.reduce);
const stackGlobal = (module: string, name: string) => bytesOf(op.text(module), op.text(name), 0x93);
const whole = (...parts: (Uint8Array | string | number)[]) => bytesOf(op.proto, ...parts, op.stop);
const many = (instruction: string, count: number) => new Uint8Array(count).fill(instruction.charCodeAt(0));
const six = floats(0, 1, 2, 3, 4, 5);
const orderedDict = op.global('collections', 'OrderedDict');

/** Dictionaries of ten references to one another: a few bytes that would be 10⁹ if they were written out. */
function billion(): Uint8Array {
  const levels = Array.from({ length: 9 }, (_, level) => [
    ...[op.list, op.mark, ...Array(10).fill(op.get(level)), bytesOf('e'), op.put(level + 1)],
  ]);
  return whole(op.mark, op.list, op.put(0), ...levels.flat(), op.tuple);
}

it.each([
  ['os.system', whole(call('os', 'system')), /asks for "os.system"/],
  ['posix.system', whole(call('posix', 'system')), /asks for "posix.system"/],
  ['builtins.eval', whole(call('builtins', 'eval')), /asks for "builtins.eval"/],
  ['__builtin__.exec', whole(call('__builtin__', 'exec')), /asks for "__builtin__.exec"/],
  ['torch.load', whole(call('torch', 'load')), /asks for "torch.load"/],
  ['torch.hub.load', whole(call('torch.hub', 'load')), /asks for "torch.hub.load"/],
  ['a way round by dots', whole(call('torch._utils', '_rebuild_tensor_v2.__globals__')), /__globals__"/],
  ['names of objects', whole(op.global('__proto__', 'constructor')), /asks for "__proto__.constructor"/],
  ['an import only', whole(op.global('subprocess', 'Popen')), /asks for "subprocess.Popen"/],
  [
    'STACK_GLOBAL',
    whole(stackGlobal('os', 'system'), op.mark, op.text('id'), op.tuple, op.reduce),
    /asks for "os.system"/,
  ],
  ['STACK_GLOBAL of numbers', whole(op.int(1), op.int(2), 0x93), /a name that is no text/],
  ['a call of a text', whole(op.text('os.system'), op.mark, op.tuple, op.reduce), /a call of what cannot be called/],
  [
    'a call of a storage type',
    whole(op.global('torch', 'FloatStorage'), op.mark, op.tuple, op.reduce),
    /cannot be called/,
  ],
  ['a call without arguments', whole(orderedDict, op.dict, op.reduce), /OrderedDict without its arguments/],
  ['OrderedDict of a text', whole(call('collections', 'OrderedDict')), /an OrderedDict of what are no pairs/],
  ['INST', whole(op.mark, op.text('id'), 'ios\nsystem\n'), /instruction 0x69 is not among those/],
  ['OBJ', whole(op.mark, orderedDict, 'o'), /instruction 0x6f is not among those/],
  ['NEWOBJ', whole(orderedDict, op.mark, op.tuple, 0x81), /instruction 0x81 is not among those/],
  ['NEWOBJ_EX', whole(orderedDict, op.mark, op.tuple, op.dict, 0x92), /instruction 0x92 is not among those/],
  ['EXT1', whole(0x82, 1), /instruction 0x82 is not among those/],
  ['PERSID', whole('Pstorage\n'), /instruction 0x50 is not among those/],
  ['BYTEARRAY8', whole(0x96, uint(2 ** 40, 8)), /instruction 0x96 is not among those/],
  ['BUILD of a list', whole(op.list, op.dict, 'b'), /something is set on what is no dictionary/],
  ['BUILD by a tuple', whole(op.dict, op.mark, op.none, op.dict, op.tuple, 'b'), /set on what is no dictionary/],
  [
    'a persistent id of another kind',
    whole(op.mark, op.text('module'), op.tuple, op.persistent),
    /reference to what is no storage/,
  ],
  ['a persistent id that is a text', whole(op.text('storage'), op.persistent), /reference to what is no storage/],
  [
    'a tensor of no storage',
    whole(op.global('torch._utils', '_rebuild_tensor_v2'), op.mark, op.dict, op.tuple, op.reduce),
    /with other arguments than storage/,
  ],
  ['_rebuild_parameter of a text', whole(call('torch._utils', '_rebuild_parameter')), /of what is no tensor/],
  ['a huge text', whole('X', uint(2 ** 32 - 1, 4), 'abc'), /4294967295 bytes are announced, 4 are left/],
  ['a huge number', whole(0x8a, 255), /255 bytes are announced, 1 are left/],
  ['a protocol of the future', bytesOf(0x80, 9, op.stop), /protocol 9; expected at most 5/],
  ['a text that is no UTF-8', whole('X', uint(2, 4), 0xff, 0xfe), /a text is not UTF-8/],
  ['a name without an end', bytesOf(op.proto, 'cos'), /cut off inside a name/],
  [
    'a dictionary inside itself',
    whole(op.dict, op.put(0), op.text('w'), op.get(0), op.setItem),
    /a container inside itself/,
  ],
  [
    'a list inside itself, deeper',
    whole(op.list, op.put(0), op.list, op.get(0), op.append, op.append),
    /inside itself/,
  ],
  ['a tower of lists', whole(many(']', 100_000), many('a', 99_999)), /nests more than 64/],
  ['a billion references', billion(), /holds no dictionary/],
  [
    'a name twice',
    whole(op.dict, op.mark, op.text('w'), tensor(), op.text('w'), tensor(), op.setItems),
    /"w" stands twice/,
  ],
  ['a key that is a list', whole(op.dict, op.list, op.none, op.setItem), /a key that is no text or number/],
  ['a key without a value', whole(op.dict, op.mark, op.text('w'), op.setItems), /a key without a value/],
  ['an empty stack', whole(op.append), /a value is taken where there is none/],
  ['no mark', whole(op.tuple), /a mark is taken where there is none/],
  ['below a mark', whole(op.dict, op.mark, op.text('w'), op.setItem), /a value is taken where there is none/],
  ['a memo that is empty', whole(op.get(7)), /kept as 7 is asked for, and there is none/],
  ['a memo index of four billion', whole('j', uint(2 ** 32 - 1, 4)), /kept as 4294967295 is asked for/],
  ['two values', whole(op.none, op.none), /does not end with one value/],
  ['an open mark', whole(op.none, op.mark), /does not end with one value/],
  ['no end', bytesOf(op.proto, op.none), /it is cut off/],
  ['nothing', bytesOf(), /it is cut off/],
])('is refused: %s', (_, pickle, message) => {
  const read = () => readTorchCheckpoint(archive(pickle, { 0: six }));
  expect(read).toThrow(message);
  expect(read).toThrow(WeightFileError);
  expect(read).toThrow(/^readTorchCheckpoint: the checkpoint is not read: /);
});

it('is refused beside right tensors too, wherever it hides', () => {
  for (const evil of [call('os', 'system'), stackGlobal('builtins', 'eval')]) {
    const inner = bytesOf(op.dict, op.mark, op.text('w'), tensor(), op.setItems);
    const file = archive(dictionary({ model_state_dict: inner, optimizer_state_dict: evil }), { 0: six });
    expect(() => readWeights(file)).toThrow(/asks for "(os.system|builtins.eval)"/);
  }
});

it('takes no time or memory beyond the length of the pickle', () => {
  // Many marks and tuples, each of which holds what is there so far.
  const tower = bytesOf(op.proto, many('(', 200_000), many('t', 200_000), op.stop);
  const start = performance.now();
  expect(() => readTorchCheckpoint(archive(tower))).toThrow('nests more than 64 containers');
  expect(performance.now() - start).toBeLessThan(5000);
});

it('is refused in the legacy format as well', () => {
  const magic = bytesOf(0x80, 2, 0x8a, 10, [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19], op.stop);
  const machine = whole(op.dict, op.text('little_endian'), 0x88, op.setItem);
  const begin = bytesOf(magic, whole(bytesOf('M', uint(1001, 2))), machine);
  expect(() => readWeights(bytesOf(begin, whole(call('os', 'system'))))).toThrow(/asks for "os.system"/);
  const reference = bytesOf(
    ...[op.mark, op.text('storage'), op.global('torch', 'FloatStorage'), op.text('0'), op.text('cpu'), op.int(6)],
    ...[op.none, op.tuple, op.persistent],
  );
  const state = (count: number, bytes: Uint8Array, keys = ['0']) => {
    const value = dictionary({ w: rebuild(reference) });
    const list = whole(op.list, op.mark, ...keys.map(op.text), 'e');
    return bytesOf(begin, value, list, uint(count, 8), bytes);
  };
  expect(Array.from(readWeights(state(6, six))['w']?.data ?? [])).toEqual([0, 1, 2, 3, 4, 5]);
  expect(() => readWeights(state(7, six))).toThrow('the storage 0 holds 7 elements; expected 6');
  expect(() => readWeights(state(6, six.subarray(1)))).toThrow('24 bytes are announced, 23 are left');
  expect(() => readWeights(state(6, bytesOf(six, 1)))).toThrow('1 bytes follow its end');
  expect(() => readWeights(state(6, six, ['0', '0']))).toThrow('it lists 2 storages; its tensors use 1');
  expect(() => readWeights(state(6, six, ['1']))).toThrow('it lists a storage that no tensor uses');
});

/** A 2 × 3 tensor in that storage. */
function rebuild(reference: Uint8Array): Uint8Array {
  const ints = (values: number[]) => bytesOf(op.mark, ...values.map(op.int), op.tuple);
  return bytesOf(
    ...[op.global('torch._utils', '_rebuild_tensor_v2'), op.mark, reference, op.int(0), ints([2, 3]), ints([3, 1])],
    ...[op.false, op.none, op.tuple, op.reduce],
  );
}
