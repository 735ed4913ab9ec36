import { expect, it } from 'vitest';
import { readTorchCheckpoint, StoredTensor, WeightFileError } from '../../src/index.js';
import { archive, bytesOf, floats, op, zip } from './torch-archive.js';

const six = { 0: floats(0, 1, 2, 3, 4, 5) };
const repeat = (count: number, part: Uint8Array) => {
  const out = new Uint8Array(count * part.length);
  for (let i = 0; i < count; i++) out.set(part, i * part.length);
  return out;
};
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const whole = (...parts: Uint8Array[]) => join(op.proto, ...parts, op.stop);
const tuple1 = bytesOf(0x85);
const one = bytesOf('K', 1);
const storageOf = (count: Uint8Array) =>
  join(op.mark, op.text('storage'), op.global('torch', 'FloatStorage'), op.text('0'), op.text('cpu'), count, op.tuple);
const list = (items: Uint8Array) => join(op.list, op.mark, items, bytesOf('e'));

/** A call of one function with one set of arguments, over and over. */
const calls = (callable: Uint8Array, args: Uint8Array, count: number) =>
  whole(callable, op.put(1), args, op.put(2), op.mark, repeat(count, join(op.get(1), op.get(2), op.reduce)), op.tuple);

/** A list of a list of … that would be 2⁶⁰ items if it were written out. */
function doubling(): Uint8Array {
  const levels = Array.from({ length: 60 }, (_, i) => join(op.get(i), bytesOf(0x86), op.put(i + 1)));
  return join(op.list, op.put(0), ...levels);
}

const pairs = join(
  ...Array.from({ length: 5000 }, (_, i) => join(op.text(i.toString(36).padStart(4, '0')), op.none, bytesOf(0x86))),
);
const rebuild = op.global('torch._utils', '_rebuild_tensor_v2');
const emptyOf = (strides: Uint8Array) =>
  join(
    ...[op.mark, storageOf(op.int(6)), op.persistent, op.int(0), op.int(0), tuple1],
    ...[strides, op.false, op.none, op.tuple],
  );

it.each([
  ['a size that is endless when written out', whole(storageOf(doubling()), op.persistent), /0 has the size \[\[…\]/],
  ['a size that is a long text', whole(storageOf(op.text('x'.repeat(3e6))), op.persistent), /has the size "x+"…/],
  [
    'a key of a megabyte twice',
    whole(op.dict, ...Array(2).fill(join(op.text('k'.repeat(1e6)), op.none, op.setItem))),
    /stands twice/,
  ],
  [
    'one list made into many dictionaries',
    calls(op.global('collections', 'OrderedDict'), join(list(pairs), tuple1), 5000),
    /one list is made into dictionaries over and over/,
  ],
  [
    'torch.Size of many',
    calls(op.global('torch', 'Size'), join(list(repeat(20_000, one)), tuple1), 20_000),
    /20000 axes/,
  ],
  ['strides of many', calls(rebuild, emptyOf(list(repeat(20_000, one))), 20_000), /20000 axes/],
  [
    'two strides of an empty axis',
    calls(rebuild, emptyOf(list(repeat(2, one))), 1),
    /has 2 strides for a shape of \[0\]/,
  ],
  ['a million dictionaries and one', whole(repeat(1e6 + 1, op.dict)), /makes more than 1000000 containers/],
  ['a million references and one', whole(op.none, repeat(1e6 + 1, bytesOf(0x94))), /keeps more than 1000000 values/],
])('is refused at once, in a short sentence: %s', (_, pickle, message) => {
  const file = archive(pickle, six);
  const start = performance.now();
  let error: unknown;
  try {
    readTorchCheckpoint(file);
  } catch (thrown) {
    error = thrown;
  }
  expect(performance.now() - start).toBeLessThan(5000);
  expect(error).toBeInstanceOf(WeightFileError);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message.length).toBeLessThan(600);
});

it('reads an OrderedDict of pairs, within what the pickle pays for', () => {
  const file = archive(calls(op.global('collections', 'OrderedDict'), join(list(pairs), tuple1), 2), six);
  expect(() => readTorchCheckpoint(file)).toThrow('the pickle does not end with one value');
});

it('is not misled by a shape that grows after it was checked', () => {
  const grown = join(
    ...[op.dict, op.text('w'), rebuild, op.mark, storageOf(op.int(6)), op.persistent, op.int(0)],
    ...[op.list, op.put(9), op.int(6), op.append, op.list, op.put(8), op.int(1), op.append],
    ...[op.false, op.none, op.tuple, op.reduce, op.setItem],
  );
  const growth = join(op.get(9), op.int(7), op.append, op.put(7), op.get(8), op.int(7), op.append, bytesOf(0x86));
  const file = whole(op.dict, op.text('model'), grown, op.setItem, op.text('z'), growth, op.setItem);
  const tensor = readTorchCheckpoint(archive(file, six))['w'];
  expect(tensor?.shape).toEqual([6]);
  expect(Array.from(tensor?.data ?? [])).toEqual([0, 1, 2, 3, 4, 5]);
  const shape = [2];
  const own = new StoredTensor({ storage: { type: 'F32', count: 2, bytes: floats(1, 2) }, offset: 0, shape });
  shape.push(3);
  expect(own.shape).toEqual([2]);
});

it('takes as long for many entries of an archive as for few, each', () => {
  const nothing = new Uint8Array(0);
  const entries = Array.from({ length: 8_000 }, (_, i) => [`${i}/constants.pkl`, nothing] as const);
  const data = Array.from({ length: 8_000 }, (_, i) => [`${i}/data.pkl`, nothing] as const);
  const file = zip([...entries, ...data]);
  const start = performance.now();
  expect(() => readTorchCheckpoint(file)).toThrow('got 8000');
  expect(performance.now() - start).toBeLessThan(1500);
});
