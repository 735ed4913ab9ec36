import { setImmediate } from 'node:timers/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodingMemory, memoryLimit, pixelLimit, withMemory } from './image-memory.js';

/** Works that end when they are told to, and what is going on. */
function works() {
  const going = new Set<string>();
  const ends = new Map<string, () => void>();
  const start = (name: string, bytes: number) =>
    withMemory(bytes, async () => {
      going.add(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      going.delete(name);
      return name;
    });
  const end = async (name: string) => {
    ends.get(name)!();
    await setImmediate();
  };
  return { start, end, going: () => [...going].sort().join(' ') };
}

it('lets go on together what fits into the limit, and the rest one after the other', async () => {
  const { start, end, going } = works();
  const all = [
    start('a', 0.5 * memoryLimit),
    start('b', 0.4 * memoryLimit),
    start('c', 0.3 * memoryLimit),
    start('small', 1000),
  ];
  expect(going()).toBe('a b small');
  await end('b');
  expect(going()).toBe('a c small');
  // More than there is waits until it is alone.
  all.push(start('huge', 3 * memoryLimit));
  for (const name of ['a', 'c']) await end(name);
  expect(going()).toBe('small');
  await end('small');
  expect(going()).toBe('huge');
  await end('huge');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'small', 'huge']);
});

it('goes on after a failure', async () => {
  await expect(withMemory(memoryLimit, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withMemory(memoryLimit, async () => 1)).toBe(1);
});

it('the largest image that is let in takes the limit at most, and what is no image nothing', async () => {
  expect(pixelLimit * 8.2).toBeLessThan(memoryLimit);
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  expect(await decodingMemory(sharp(bytes))).toBeCloseTo(600 * 8.2, 6);
  expect(await decodingMemory(sharp(Buffer.from('none')))).toBe(0);
});
