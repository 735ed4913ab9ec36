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

  it('is not what others complain of', () => {
    expect(describeError(new Error('unable to load from target'), false).isMistake).toBe(false);
  });
});
