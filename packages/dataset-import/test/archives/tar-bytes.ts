import { contentOf, type TestEntry, unixModes } from './test-entry.js';

const types = { folder: '5', 'symbolic link': '2', 'hard link': '1', device: '3' } as const;

/** A tar archive in the ustar format, with the two empty blocks at its end. */
export function tarBytes(entries: readonly TestEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = entry.kind ? Buffer.alloc(0) : contentOf(entry);
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [header(entry, content.length), content, padding];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function header(entry: TestEntry, length: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  block.write(entry.path, 0, 100);
  block.write(`${octal(unixModes[entry.kind ?? 'file'] & 0o7777, 7)}\0`, 100);
  block.write(`${octal(entry.size ?? length, 11)}\0`, 124);
  block.write(`${octal(0, 11)}\0`, 136);
  block.write('        ', 148);
  block.write(entry.type ?? (entry.kind ? types[entry.kind] : '0'), 156);
  block.write(entry.target ?? '', 157, 100);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}
