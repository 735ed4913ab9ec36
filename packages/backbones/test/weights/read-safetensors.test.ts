import { expect, it } from 'vitest';
import { readSafetensors, readWeights, WeightFileError } from '../../src/index.js';
import { bytesOf, uint } from './torch-archive.js';

const file = (header: object | string, data: Uint8Array = new Uint8Array(0)) => {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  return bytesOf(uint(new TextEncoder().encode(text).length, 8), text, data);
};
const entry = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const bytes = (values: number[] | Float32Array) => new Uint8Array(Float32Array.from(values).buffer);
const bits = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);

it('reads numbers of every precision exactly, wherever they lie', () => {
  const header = {
    __metadata__: { format: 'pt' },
    a: entry(0, 16, [2, 2]),
    half: entry(16, 28, [6], 'F16'),
    brain: entry(28, 40, [6], 'BF16'),
  };
  // 1, −2, the largest, the smallest of each kind, half of ten thousandths; then infinity
  const halves = bits(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x7c00);
  const brains = bits(0x3f80, 0xc000, 0x7f7f, 0x0080, 0x0001, 0xff80);
  for (const blanks of ['', ' ', '  ', '   ']) {
    const tensors = readSafetensors(
      file(JSON.stringify(header) + blanks, bytesOf(bytes([1.5, -2, 0, 1e-40]), halves, brains)),
    );
    expect(Object.keys(tensors)).toEqual(['a', 'half', 'brain']);
    expect(tensors['a']?.shape).toEqual([2, 2]);
    expect(Array.from(tensors['a']?.data ?? [])).toEqual([1.5, -2, 0, Math.fround(1e-40)]);
    expect(Array.from(tensors['half']?.data ?? [])).toEqual([1, -2, 65504, 2 ** -14, 2 ** -24, Infinity]);
    expect(Array.from(tensors['brain']?.data ?? [])).toEqual([
      ...[1, -2, (2 - 2 ** -7) * 2 ** 127, 2 ** -126, 2 ** -133, -Infinity],
    ]);
  }
});

it('reads what is empty', () => {
  expect(readSafetensors(file({}))).toEqual({});
  expect(readSafetensors(file({ none: entry(0, 0, [0, 3]), one: entry(0, 4, []) }, bytes([7])))['one']?.data).toEqual(
    Float32Array.of(7),
  );
});

it('reads tensors that begin at any byte', () => {
  const header = { brain: entry(0, 6, [3], 'BF16'), a: entry(6, 10, [1]), flag: entry(10, 11, [1], 'U8') };
  const last = { count: entry(11, 19, [1], 'I64') };
  const data = bytesOf(bits(0x3f80, 0xc000, 0), bytes([7.5]), [3], uint(-2, 8));
  const tensors = readSafetensors(file({ ...header, ...last }, data));
  expect(Object.values(tensors).map((one) => Array.from(one.data))).toEqual([[1, -2, 0], [7.5], [3], [-2]]);
});

it('passes over tensors of types that it does not read, until their numbers are asked for', () => {
  const header = { eighth: entry(0, 8, [8], 'F8_E4M3'), a: entry(8, 12, [1]), whole: entry(12, 16, [1], 'U32') };
  const tensors = readSafetensors(file(header, bytes([0, 0, 7, 0])));
  expect(tensors['a']?.data).toEqual(Float32Array.of(7));
  expect(tensors['eighth']).toMatchObject({ type: 'F8_E4M3', shape: [8], floating: false });
  expect(() => tensors['eighth']?.data).toThrow(/type that is not read; expected one of F64, F32, .*, got F8_E4M3$/);
  expect(() => tensors['whole']?.data).toThrow(/got U32$/);
  expect(() => readSafetensors(file({ a: entry(4, 8, [1], 'U32') }, bytes([0, 0])))).toThrow('belong to nothing');
});

it('reads a header with a text of megabytes', () => {
  const long = `"\\${'x'.repeat(10_000_000)}\\"`;
  const text = new TextEncoder().encode(JSON.stringify({ __metadata__: { long }, a: entry(0, 4) }));
  const whole = new Uint8Array(8 + text.length + 4);
  whole.set(uint(text.length, 8));
  whole.set(text, 8);
  expect(readSafetensors(whole)['a']?.data).toEqual(Float32Array.of(0));
});

const eight = bytes([1, 2]);
const tower = '['.repeat(5000) + ']'.repeat(5000);

it.each([
  ['nothing', bytesOf(), /no known kind/],
  ['too short', bytesOf(1, 2, 3), /no known kind/],
  [
    'a header beyond the file',
    bytesOf(uint(1000, 8), '{}'),
    /length is 1000 bytes, but only 2 follow; the file is cut off/,
  ],
  ['a header of 2⁶³ bytes', bytesOf([0, 0, 0, 0, 0, 0, 0, 128], '{}'), /expected at most 100000000/],
  ['no JSON', file('{"a": '), /the header is no JSON in UTF-8/],
  [
    'a tower that takes seconds to parse',
    file(`{"a":${'['.repeat(20_000)}`),
    /no JSON in UTF-8 \(it is nested deeper than 10000/,
  ],
  ['no UTF-8', bytesOf(uint(4, 8), '{"', [0xff, 0xfe]), /the header is no JSON in UTF-8/],
  ['no object', file('{"a":1}x'), /no JSON/],
  [
    'a name twice',
    file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
      eight,
    ),
    /"a" stands twice/,
  ],
  [
    'a name twice, written otherwise',
    file(
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
      eight,
    ),
    /"a" stands twice/,
  ],
  [
    'a field twice',
    file('{"a":{"dtype":"F16","dtype":"F32","shape":[2],"data_offsets":[0,8]}}', eight),
    /"dtype" stands twice/,
  ],
  ['a number as a tensor', file({ a: 3 }), /"a" is described by no object/],
  ['an unknown field', file({ a: { ...entry(0, 8), offset: 3 } }, eight), /unknown field "offset"/],
  ['a type of objects', file({ a: entry(0, 8, [8], 'toString') }, eight), /"a" has no type; .* got "toString"/],
  ['no type', file({ a: { shape: [2], data_offsets: [0, 8] } }, eight), /"a" has no type; .* got undefined/],
  [
    'a type that is a tower of lists',
    file(`{"a":{"dtype":${tower},"shape":[],"data_offsets":[0,0]}}`),
    /got \[\[…\]\]$/,
  ],
  [
    'a shape that is a tower of lists',
    file(`{"a":{"dtype":"F32","shape":${tower},"data_offsets":[0,0]}}`),
    /\[\[…\]\]$/,
  ],
  ['offsets that are a tower of lists', file(`{"a":{"dtype":"F32","shape":[],"data_offsets":${tower}}}`), /\[\[…\]\]$/],
  ['a negative side', file({ a: entry(0, 8, [-2]) }, eight), /shape of tensor "a" is no list of sizes, got \[-2\]/],
  ['a broken side', file({ a: entry(0, 8, [1.5]) }, eight), /no list of sizes/],
  [
    'a shape that overflows',
    file({ a: entry(0, 8, [2 ** 40, 2 ** 40]) }, eight),
    /needs .* bytes; its data_offsets \[0, 8\] are 8/,
  ],
  ['too many axes', file({ a: entry(0, 8, [2, ...Array(20).fill(1)]) }, eight), /21 axes; at most 16 are read/],
  ['no offsets', file({ a: { dtype: 'F32', shape: [2] } }, eight), /data_offsets of tensor "a" is wrong/],
  ['offsets backwards', file({ a: entry(8, 0, [2]) }, eight), /data_offsets of tensor "a" is wrong/],
  [
    'negative offsets',
    file({ a: { ...entry(0, 8), data_offsets: [-8, 0] } }, eight),
    /data_offsets of tensor "a" is wrong/,
  ],
  ['a wrong size', file({ a: entry(0, 8, [3]) }, eight), /shape \[3\] needs 12 bytes; its data_offsets \[0, 8\] are 8/],
  [
    'oversized',
    file({ a: entry(0, 12) }, eight),
    /"a" ends at byte 12 of the 8 that follow the header; the file is cut off/,
  ],
  [
    'overlapping',
    file({ a: entry(0, 8), b: entry(4, 8) }, eight),
    /"b" begins at byte 4, inside tensor "a", which ends at 8/,
  ],
  ['the same place twice', file({ a: entry(0, 8), b: entry(0, 8) }, eight), /"b" begins at byte 0, inside tensor "a"/],
  ['a gap', file({ a: entry(4, 8) }, eight), /4 bytes between the header and tensor "a" belong to nothing/],
  ['bytes at the end', file({ a: entry(0, 4) }, eight), /4 bytes at the end belong to nothing/],
] as [string, Uint8Array, RegExp][])('refuses %s', (_, whole, message) => {
  expect(() => readWeights(whole)).toThrow(message);
  expect(() => readWeights(whole)).toThrow(WeightFileError);
});

it.each([
  ['version https://git-lfs.github.com/spec/v1\noid', /a pointer of Git LFS/],
  ['<!DOCTYPE html><html>', /a web page/],
  ['{ "format": "layers-model" }', /a JSON file; a model.json of TensorFlow.js is handed over/],
  [[0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 0], /a Keras file \(HDF5\)/],
  [[0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0], /a bare Python pickle/],
  ['whatever it may be', /the file is of no known kind; expected safetensors or a PyTorch checkpoint/],
])('says what else a file is: %s', (content, message) => {
  expect(() => readWeights(bytesOf(content))).toThrow(message);
});
