import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTorchCheckpoint, readWeights, type StoredTensor, WeightFileError } from '../../src/index.js';
import { archive, bytesOf, dictionary, floats, op, tensor, zip } from './torch-archive.js';

const golden = (name: string) => readFileSync(new URL(`../golden/weights/${name}`, import.meta.url));
const expected = JSON.parse(golden('tensors.json').toString()) as Record<string, { shape: number[]; data: number[] }>;
const plain = (tensors: Record<string, StoredTensor>) =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: [...Array.from(data)] }]),
  );

describe('what torch.save writes', () => {
  it.each(['tensors.pt', 'tensors-legacy.pt', 'tensors-protocol-4.pt', 'tensors.safetensors'])(
    'is read to the last number: %s',
    (file) => {
      const tensors = readWeights(golden(file));
      expect(plain(tensors)).toEqual(expected);
      expect(Object.keys(tensors).sort()).toEqual(Object.keys(expected).sort());
      expect(tensors['half']).toMatchObject({ type: 'F16', floating: true });
      expect(tensors['norm.num_batches_tracked']).toMatchObject({ type: 'I64', floating: false, length: 1 });
    },
  );

  it('is read at any place in a buffer', () => {
    const file = golden('tensors.pt');
    for (const shift of [1, 2, 3, 5]) {
      const moved = new Uint8Array(file.length + shift);
      moved.set(file, shift);
      expect(plain(readTorchCheckpoint(moved.subarray(shift)))).toEqual(expected);
    }
  });

  it('is read where it is a state dict with attributes', () => {
    const tensors = readTorchCheckpoint(golden('state-dict.pt'));
    expect(Object.keys(tensors)).toEqual([
      ...['0.weight', '0.bias', '1.weight', '1.bias', '1.running_mean', '1.running_var', '1.num_batches_tracked'],
    ]);
    expect(tensors['0.weight']?.shape).toEqual([3, 2, 1, 1]);
  });

  it('is refused where it is a whole module', () => {
    expect(() => readTorchCheckpoint(golden('whole-module.pt'))).toThrow(
      /asks for "torch.nn.modules.container.Sequential"; .*: save the weights alone, torch.save\(model.state_dict\(\), file\)/,
    );
  });

  it('is refused when it is cut off or changed anywhere', () => {
    for (const name of ['tensors.pt', 'tensors-legacy.pt', 'tensors-protocol-4.pt']) {
      const file = golden(name);
      for (let length = 0; length < file.length; length += 13) {
        expect(() => readWeights(file.subarray(0, length)), `${name}, ${length}`).toThrow(WeightFileError);
      }
    }
    const file = golden('tensors.pt');
    let refused = 0;
    for (let at = 0; at < file.length; at += 3) {
      const changed = Uint8Array.from(file);
      (changed[at] as number) ^= 0x41;
      try {
        // Padding, dates and the like may change; a number may not.
        expect(plain(readWeights(changed))).toEqual(expected);
      } catch (error) {
        expect(error).toBeInstanceOf(WeightFileError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });
});

describe('tensors in a checkpoint', () => {
  const six = floats(0, 1, 2, 3, 4, 5);
  const read = (one: Uint8Array, storages: Record<string, Uint8Array> = { 0: six }) =>
    readTorchCheckpoint(archive(dictionary({ w: one }), storages))['w'] as StoredTensor;

  it('lie where offset and strides say', () => {
    expect(Array.from(read(tensor()).data)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Array.from(read(tensor({ shape: [3, 2], strides: [1, 3] })).data)).toEqual([0, 3, 1, 4, 2, 5]);
    expect(Array.from(read(tensor({ offset: 1, shape: [2, 2], strides: [3, 1] })).data)).toEqual([1, 2, 4, 5]);
    expect(Array.from(read(tensor({ offset: 5, shape: [1], strides: [1] })).data)).toEqual([5]);
    // The stride of an axis of one, or of none, does not matter.
    expect(Array.from(read(tensor({ shape: [1, 2], strides: [99, 1] })).data)).toEqual([0, 1]);
    expect(Array.from(read(tensor({ offset: 6, shape: [0, 3], strides: [3, 1] })).data)).toEqual([]);
  });

  it.each([
    ['offset', { offset: 1 }, /needs 7 numbers of its storage, which holds 6/],
    ['strides', { strides: [4, 1] }, /needs 7 numbers of its storage, which holds 6/],
    ['shape', { shape: [3, 3] }, /needs 9 numbers/],
    ['huge shape', { shape: [2 ** 40, 2 ** 40], strides: [0, 0] }, /its shape is/],
    [
      'expansion',
      { shape: [2 ** 30], strides: [0] },
      /has 1073741824 elements in a storage of 6; at most 16777216 more are read/,
    ],
    ['number of strides', { strides: [3] }, /has 1 strides for a shape of \[2,3\]/],
    ['axes', { shape: Array(40).fill(1), strides: Array(40).fill(1) }, /40 axes/],
    ['storage size', { count: 5 }, /data\/0 holds 24 bytes; expected 5 times 4/],
    ['huge storage size', { count: 2 ** 52 }, /holds 24 bytes; expected 4503599627370496 times 4/],
    ['missing storage', { key: '7' }, /archive\/data\/7 is not in the archive/],
    ['path as a key', { key: '../../etc/passwd' }, /a reference to what is no storage/],
    ['name as a key', { key: 'version' }, /a reference to what is no storage/],
    ['storage type', { type: 'QInt8Storage' }, /asks for "torch.QInt8Storage"/],
    ['negative offset', { offset: -1 }, /other arguments than storage, offset, size and stride/],
  ])('are refused for their %s', (_, place, message) => {
    expect(() => read(tensor(place))).toThrow(message);
    expect(() => read(tensor(place))).toThrow(WeightFileError);
  });

  it('are refused where they are to be negated or conjugated', () => {
    const flag = bytesOf(op.dict, op.text('neg'), 0x88, op.setItem);
    expect(() => read(tensor({ metadata: flag }))).toThrow(
      'a tensor with metadata (["neg"]), which is not read; save it resolved',
    );
    expect(() => read(tensor({ metadata: op.int(1) }))).toThrow('a tensor with metadata (1), which is not read');
    for (const metadata of [op.none, op.dict]) expect(read(tensor({ metadata })).shape).toEqual([2, 3]);
  });

  it('are refused where one storage is of two types', () => {
    const both = dictionary({ a: tensor(), b: tensor({ type: 'IntStorage' }) });
    expect(() => readTorchCheckpoint(archive(both, { 0: six }))).toThrow('data/0 is of F32 and of I32');
  });

  it('are found under model_state_dict, state_dict or model, and nowhere else unasked', () => {
    const inner = bytesOf(op.dict, op.mark, op.text('w'), tensor(), op.setItems);
    for (const key of ['model_state_dict', 'state_dict', 'model']) {
      const file = archive(dictionary({ epoch: op.int(3), [key]: inner }), { 0: six });
      expect(Object.keys(readTorchCheckpoint(file))).toEqual(['w']);
    }
    // A loss is a tensor too, and so is the state of torch's generator.
    const withLoss = dictionary({ model_state_dict: inner, loss: tensor({ shape: [], strides: [] }) });
    expect(Object.keys(readTorchCheckpoint(archive(withLoss, { 0: six })))).toEqual(['w']);
    const oneEmpty = dictionary({ model_state_dict: op.dict, state_dict: inner });
    expect(Object.keys(readTorchCheckpoint(archive(oneEmpty, { 0: six })))).toEqual(['w']);
    expect(readTorchCheckpoint(archive(dictionary({ model_state_dict: op.dict })))).toEqual({});
    expect(() => readTorchCheckpoint(archive(dictionary({ weights: inner }), { 0: six }))).toThrow(
      'it holds a state dict under no usual name; expected the option stateDict, one of "weights", or a file of that one alone',
    );
    expect(() => readTorchCheckpoint(archive(dictionary({ w: tensor(), epoch: op.int(3) }), { 0: six }))).toThrow(
      '"epoch" in its dictionary is no tensor',
    );
    expect(() => readTorchCheckpoint(archive(bytesOf(op.proto, op.list, op.stop)))).toThrow('holds no dictionary');
  });

  it('are read beside counters, histories and numbers of any size', () => {
    const inner = bytesOf(op.dict, op.mark, op.text('w'), tensor(), op.setItems);
    const tuple = (...items: Uint8Array[]) => bytesOf(op.mark, ...items, op.tuple);
    const counts = bytesOf(op.dict, op.int(5), op.int(1), op.setItem);
    const besides = {
      counter: bytesOf(op.global('collections', 'Counter'), tuple(counts), op.reduce),
      none: bytesOf(op.global('collections', 'Counter'), tuple(), op.reduce),
      history: bytesOf(
        ...[op.global('collections', 'defaultdict'), tuple(op.global('__builtin__', 'list')), op.reduce],
        ...[op.text('loss'), op.list, op.setItem],
      ),
      seed: bytesOf(0x8a, 255, new Uint8Array(254), 0x80),
      zero: bytesOf(0x8a, 0),
    };
    for (const [name, one] of Object.entries(besides)) {
      const file = archive(dictionary({ model_state_dict: inner, [name]: one }), { 0: six });
      expect(Object.keys(readTorchCheckpoint(file)), name).toEqual(['w']);
    }
    const called = bytesOf(op.global('builtins', 'list'), tuple(op.list), op.reduce);
    expect(() => readTorchCheckpoint(archive(dictionary({ called })))).toThrow('a call of what cannot be called');
    const wrong = bytesOf(op.global('collections', 'Counter'), tuple(op.text('aab')), op.reduce);
    expect(() => readTorchCheckpoint(archive(dictionary({ wrong })))).toThrow('a Counter of what are no counts');
  });

  it('may be called as they like, with nothing happening to objects', () => {
    const file = archive(dictionary({ __proto__2: tensor(), constructor: tensor() }), { 0: six });
    expect(Object.keys(readTorchCheckpoint(file))).toEqual(['__proto__2', 'constructor']);
    const proto = bytesOf(op.proto, op.dict, op.text('__proto__'), tensor(), op.setItem, op.stop);
    const tensors = readTorchCheckpoint(archive(proto, { 0: six }));
    expect(Object.getPrototypeOf(tensors)).toBe(Object.prototype);
    expect(Object.keys(tensors)).toEqual(['__proto__']);
  });
});

describe('an archive', () => {
  const pickle = dictionary({ w: tensor() });
  const storage = floats(0, 1, 2, 3, 4, 5);
  const read = (entries: Parameters<typeof zip>[0]) => () => readWeights(zip(entries));

  it.each([
    ['compressed', [['a/data.pkl', pickle, { method: 8 }]], /"a\/data.pkl" is compressed \(method 8\)/],
    ['encrypted', [['a/data.pkl', pickle, { flags: 1 }]], /is encrypted/],
    ['damaged', [['a/data.pkl', pickle, { crc: 1 }]], /its check sum does not hold/],
    ['too long an entry', [['a/data.pkl', pickle, { size: 1e9 }]], /ends behind the archive's data/],
    ['two names', [['a/data.pkl', pickle, { localName: 'b/data.pkl' }]], /another name in its own header/],
    [
      'one name twice',
      [
        ['a/data.pkl', pickle],
        ['a/data.pkl', pickle],
      ],
      /two entries are called "a\/data.pkl"/,
    ],
    [
      'two checkpoints',
      [
        ['a/data.pkl', pickle],
        ['b/data.pkl', pickle],
      ],
      /expected one entry NAME\/data.pkl.*got 2/,
    ],
    ['no checkpoint', [['a/data/0', storage]], /expected one entry NAME\/data.pkl.*got 0/],
    ['a path outside', [['../data.pkl', pickle]], /the storage ..\/data\/0 is not in the archive/],
    [
      'TorchScript',
      [
        ['a/data.pkl', pickle],
        ['a/constants.pkl', pickle],
      ],
      /TorchScript archive; expected a state dict/,
    ],
    [
      'big-endian',
      [
        ['a/data.pkl', pickle],
        ['a/byteorder', bytesOf('big')],
      ],
      /its byte order is "big"; expected little/,
    ],
    [
      'more behind the pickle',
      [
        ['a/data.pkl', bytesOf(pickle, op.stop)],
        ['a/data/0', storage],
      ],
      /1 bytes follow the end/,
    ],
  ] as [string, Parameters<typeof zip>[0], RegExp][])('is refused: %s', (_, entries, message) => {
    expect(read(entries)).toThrow(message);
    expect(read(entries)).toThrow(WeightFileError);
  });

  it('is refused where entries overlap, as those of zip bombs do', () => {
    const file = zip([
      ['a/data.pkl', pickle],
      ['a/data/0', storage],
    ]);
    // The second entry of the list is moved onto the first.
    const list = file.length - 22 - 2 * 46 - 'a/data.pkl'.length - 'a/data/0'.length;
    const second = list + 46 + 'a/data.pkl'.length;
    file.set([0, 0, 0, 0], second + 42);
    expect(() => readWeights(file)).toThrow(/overlaps the one before it|another name in its own header/);
  });
});
