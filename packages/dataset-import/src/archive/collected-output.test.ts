import { expect, it } from 'vitest';
import { CollectedOutput, type ExtractorHooks } from './collected-output.js';

it('collects what the unpacker writes, up to the agreed length and no further', () => {
  const closed: number[] = [];
  const hooks: ExtractorHooks = {
    unrar: { HEAPU8: Uint8Array.from({ length: 100 }, (_, i) => i) },
    create: () => 1,
    write: () => true,
    closeFile: (file) => void closed.push(file),
    tell: (file) => file,
    seek: () => false,
    closeArc: () => {},
  };
  const output = new CollectedOutput(hooks);
  output.begin(20);
  const file = hooks.create('/etc/passwd');
  expect(hooks.write(file, 10, 3)).toBe(true);
  hooks.unrar.HEAPU8.fill(0);
  expect(hooks.write(file, 50, 2)).toBe(true);
  expect([hooks.tell(file), hooks.seek(file, 0, 'SET'), hooks.tell(7)]).toEqual([5, true, 7]);
  expect([...output.take()]).toEqual([10, 11, 12, 0, 0]);
  output.begin(4);
  expect([hooks.write(file, 0, 4), output.overflowed, hooks.write(file, 0, 1), output.overflowed]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  hooks.closeFile(file);
  hooks.closeFile(7);
  expect(closed).toEqual([7]);
});
