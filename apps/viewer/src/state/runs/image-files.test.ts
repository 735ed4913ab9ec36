import { expect, it } from 'vitest';
import { imageFiles } from './image-files.js';

const at = (path: string) => ({ path, file: new File([], path) });

it('takes the image that lies where the evaluation’s do, one that there is once, and none of several', () => {
  const opened = ['run/data/test/images/a.png', 'run/data/val/images/a.png', 'run/other-data/test/images/a.png'];
  const files = [...opened, 'loose/b.png', 'x/c.png', 'y/c.png', 'run/log.jsonl'].map(at);
  const found = imageFiles(files, 'data/test/images/');
  expect([...found.keys()]).toEqual(['a.png', 'b.png', 'c.png']);
  expect(found.get('a.png')).toBe(files[0]!.file);
  expect(found.get('b.png')).toBe(files[3]!.file);
  expect(found.get('c.png')).toBe('several');
  expect(imageFiles(files, 'data/train/images/').get('a.png')).toBe('several');
  const [whole, bare] = [at('data/test/images/a.png'), at('a.png')];
  expect(imageFiles([bare, whole], 'data/test/images/').get('a.png')).toBe(whole.file);
});
