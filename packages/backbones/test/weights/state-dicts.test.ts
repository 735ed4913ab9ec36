import { beforeAll, describe, expect, it } from 'vitest';
import { loadWeights, readTorchCheckpoint, readWeights, smallCnn, WeightFileError } from '../../src/index.js';
import { useBackend } from '../backends.js';
import { archive, bytesOf, dictionary, floats, op, tensor } from './torch-archive.js';

type Entries = Readonly<Record<string, Uint8Array>>;

/** A dictionary inside another. */
const inner = (entries: Entries) =>
  bytesOf(
    ...[op.dict, op.mark, ...Object.entries(entries).flatMap(([name, value]) => [op.text(name), value]), op.setItems],
  );
/** A state dict of one tensor whose first number is `at`. */
const weights = (at: number) => inner({ w: tensor({ shape: [1], strides: [1], offset: at }) });
const six = floats(0, 1, 2, 3, 4, 5);
const file = (entries: Entries) => archive(dictionary(entries), { 0: six });
const first = (entries: Entries, stateDict?: string) => readTorchCheckpoint(file(entries), { stateDict })['w']?.data[0];

beforeAll(() => useBackend('wasm'));

describe('the state dict of a checkpoint', () => {
  it.each([
    [{ model_state_dict: weights(1), optimizer_state_dict: inner({ state: inner({}) }) }, 1],
    [{ epoch: op.int(3), state_dict: weights(2) }, 2],
    [{ state_dict: weights(1), model: weights(2) }, 1],
    [{ state_dict_ema: weights(3), epoch: op.int(3) }, 3],
    [{ ema: inner({ decay: op.int(1), shadow: weights(5) }) }, 5],
    [{ w: tensor({ shape: [1], strides: [1], offset: 2 }) }, 2],
  ])('is that under a usual name, or an average alone: %#', (entries, expected) => {
    expect(first(entries)).toBe(expected);
  });

  it.each([
    [{ model_state_dict: weights(1), ema_state_dict: weights(2) }, '"model_state_dict", "ema_state_dict"'],
    [{ state_dict_ema: weights(2), state_dict: weights(1) }, '"state_dict", "state_dict_ema"'],
    [{ model: weights(1), model_ema: weights(2) }, '"model", "model_ema"'],
    [{ model: weights(1), ema: inner({ decay: op.int(1), shadow: weights(2) }) }, '"model", "ema.shadow"'],
    [{ model: weights(1), swa: weights(2), ema: weights(3) }, '"model", "swa", "ema"'],
    [{ net: weights(1) }, '"net"'],
    [{ generator: weights(1), discriminator: weights(2) }, '"generator", "discriminator"'],
  ])('is asked for where it is not plain which: %#', (entries, names) => {
    expect(() => first(entries)).toThrow(WeightFileError);
    expect(() => first(entries)).toThrow(`expected the option stateDict, one of ${names}, or a file of that one alone`);
    for (const name of names.split(', ').map((one) => JSON.parse(one) as string)) {
      expect([1, 2, 3]).toContain(first(entries, name));
    }
  });

  it('is the one that is named, or none', () => {
    const entries = { model: weights(1), ema: inner({ decay: op.int(1), shadow: weights(2) }), best: op.int(4) };
    expect([first(entries, 'model'), first(entries, 'ema.shadow')]).toEqual([1, 2]);
    for (const name of ['ema', 'best', 'shadow', '', '__proto__', 'constructor', 'ema.decay', 'x'.repeat(1e5)]) {
      expect(() => first(entries, name), name.slice(0, 20)).toThrow(
        /has no state dict ".*"…?; expected one of "model", "ema.shadow"/,
      );
    }
    expect(() => first({ epoch: op.int(3) }, 'model')).toThrow('it holds no state dict under any name');
    expect(() => first({ w: tensor() }, 'model')).toThrow('it holds no state dict under any name');
  });

  it('has names that are told in short, however many there are', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${i}${'x'.repeat(500)}`, weights(1)]));
    let message = '';
    try {
      readTorchCheckpoint(file(many));
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('it holds 500 state dicts');
    expect(message.length).toBeLessThan(3000);
  });

  it('is for checkpoints only', () => {
    const model = smallCnn({ imageSize: 32 });
    const safetensors = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]);
    expect(() => readWeights(safetensors, { stateDict: 'ema' })).toThrow('this is a safetensors file, which holds one');
    expect(() => loadWeights(model, {}, { stateDict: 'ema' })).toThrow(
      'stateDict is for the bytes of a PyTorch checkpoint',
    );
    expect(() => loadWeights(model, file({ model: weights(1) }), { stateDict: 'ema' })).toThrow('no state dict "ema"');
    model.dispose();
  });
});

describe('expanded tensors', () => {
  const read = (shape: number[], strides: number[], offset = 0) =>
    Array.from(readTorchCheckpoint(file({ w: tensor({ shape, strides, offset }) }))['w']!.data);

  it('repeat what their storage holds', () => {
    expect(read([3, 2], [0, 1], 4)).toEqual([4, 5, 4, 5, 4, 5]);
    expect(read([2, 4], [1, 0], 1)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(read([2, 2, 3], [0, 3, 0], 0)).toEqual([0, 0, 0, 3, 3, 3, 0, 0, 0, 3, 3, 3]);
    expect(read([4, 3], [1, 1])).toEqual([0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5]);
  });

  it('may not leave the storage, nor ask for more memory than there is reason for', () => {
    expect(() => read([3, 2], [0, 1], 5)).toThrow('needs 7 numbers of its storage, which holds 6');
    expect(() => read([2 ** 24 + 7], [0])).toThrow(
      'has 16777223 elements in a storage of 6; at most 16777216 more are read',
    );
    expect(readTorchCheckpoint(file({ w: tensor({ shape: [2 ** 24], strides: [0] }) }))['w']?.length).toBe(2 ** 24);
    const half = () => tensor({ shape: [2 ** 23 + 7], strides: [0] });
    expect(() => readTorchCheckpoint(file({ a: half(), b: half() }))).toThrow(
      'its expanded tensors have 16777218 elements more than the file; at most 16777216 are read',
    );
    // What is not among the weights costs nothing.
    expect(
      Object.keys(readTorchCheckpoint(file({ model: weights(1), rest: inner({ a: half(), b: half() }) }))),
    ).toEqual(['w']);
  });
});
