import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));

/** Refuses to load TensorFlow.js, in the way of a module hook. */
const hooks = `export async function resolve(specifier, context, next) {
  if (specifier.startsWith('@tensorflow/')) throw new Error('loads ' + specifier);
  return next(specifier, context);
}`;
const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const setUp = url(`import { register } from 'node:module'; register(${JSON.stringify(url(hooks))});`);

const run = (line: string) =>
  spawnSync(process.execPath, ['--import', setUp, program, ...line.split(' ')], { encoding: 'utf8' });

it.each([
  ['--help', 0],
  ['train --help', 0],
  ['models', 0],
  ['train --epochs', 2],
  ['evalate', 2],
])('kanrecon %s loads no TensorFlow.js, which takes longer than all else', (line, expected) => {
  const { status, stderr } = run(line);
  expect(status, stderr).toBe(expected);
});

it('backends does, which shows that it would be seen', () => {
  expect(run('backends').stderr).toContain('loads @tensorflow/');
});
