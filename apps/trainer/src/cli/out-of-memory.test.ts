import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.js';

describe('a memory that is used up', () => {
  it.each([
    'vips2png: unable to write to target target',
    'vips_image_write_to_memory: out of memory --- size == 12MB',
    'Array buffer allocation failed',
    'WebAssembly.Memory(): could not allocate memory',
    'spawn ENOMEM',
    'std::bad_alloc',
  ])('is no bug: %s', (message) => {
    for (const error of [new Error(message), new Error('decodeImage: failed', { cause: new RangeError(message) })]) {
      const described = describeError(error, false);
      expect(described.isMistake).toBe(true);
      expect(described.message).toMatch(/^there is not enough memory \(.*\); close other programs, .*\.$/);
    }
  });

  it('is known by its code, whatever the message says', () => {
    for (const code of ['ENOMEM', 'ERR_WORKER_OUT_OF_MEMORY']) {
      const { message, isMistake } = describeError(Object.assign(new Error('said'), { code }), false);
      expect([message, isMistake]).toEqual([
        expect.stringMatching(/^there is not enough memory \(said\); close/),
        true,
      ]);
    }
  });

  it('tells itself what to do where the heap of the backend wasm is full', () => {
    const cause = Object.assign(new Error('heap full. Use smaller images.'), { code: 'ERR_WASM_HEAP_FULL' });
    expect(describeError(new Error('worker 1 failed', { cause }), false)).toEqual({
      message: 'heap full. Use smaller images.',
      isMistake: true,
    });
  });

  it('is not what others complain of', () => {
    expect(describeError(new Error('unable to load from target'), false).isMistake).toBe(false);
  });
});
