import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/temporary-folder.js';
import { checkImports } from './check-imports.mjs';
import { packagesTable } from './packages-table.mjs';
import { packagesUnder } from './packages-under.mjs';

/** low lies under middle, middle under high; side stands alone. */
const table = { low: [], side: [], middle: ['low'], high: ['middle'] };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A workspace in which nothing is wrong, with these files in place of or besides its own; what the check says of it. */
async function problemsWith(files: Record<string, string | object>, exceptions = {}): Promise<string[]> {
  const root = temporaryFolder();
  folders.push(root);
  const all: Record<string, string | object> = {
    'packages/low/package.json': manifest('low'),
    'packages/low/src/index.ts': 'export const low = 1;',
    'packages/side/package.json': manifest('side'),
    'packages/side/src/index.ts': 'export interface Side { side: number }',
    'packages/middle/package.json': manifest('middle', ['low']),
    'packages/middle/src/index.ts': "import { low } from '@kanrecon/low'; export const middle = low;",
    'packages/high/package.json': manifest('high', ['low', 'middle']),
    'packages/high/src/index.ts':
      "import { low } from '@kanrecon/low'; import { middle } from '@kanrecon/middle'; export const high = low + middle;",
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return (await checkImports(root, table, exceptions)).problems;
}

function manifest(name: string, dependencies: string[] = [], more = {}, entries = ['index']): object {
  return {
    name: `@kanrecon/${name}`,
    exports: Object.fromEntries(
      entries.map((entry) => [entry === 'index' ? '.' : `./${entry}`, { types: `./dist/${entry}.d.ts` }]),
    ),
    dependencies: Object.fromEntries(dependencies.map((other) => [`@kanrecon/${other}`, 'workspace:^'])),
    ...more,
  };
}

describe('check-imports', () => {
  it('has nothing to say where all is well', async () => {
    expect(await problemsWith({})).toEqual([]);
  });

  it('finds an import circle', async () => {
    const problems = await problemsWith({
      'packages/low/src/index.ts': "export { a as low } from './a.js';",
      'packages/low/src/a.ts': "import { b } from './b.js'; export const a = () => b;",
      'packages/low/src/b.ts': "import { a } from './a.js'; export const b = () => a;",
    });
    expect(problems).toEqual(['import circle: packages/low/src/a.ts → packages/low/src/b.ts → packages/low/src/a.ts']);
  });

  it('finds an import circle of types alone', async () => {
    const problems = await problemsWith({
      'packages/low/src/index.ts': "export { a as low } from './a.js'; export interface Index { index: 1 }",
      'packages/low/src/a.ts': "import type { Index } from './index.js'; export const a = (index: Index) => index;",
    });
    expect(problems).toEqual([
      'import circle: packages/low/src/a.ts → packages/low/src/index.ts → packages/low/src/a.ts',
    ]);
  });

  it.each([
    ['by name', "import { high } from '@kanrecon/high'; export const low = high;", '@kanrecon/high'],
    ['a type', "export type { Side } from '@kanrecon/side'; export const low = 1;", '@kanrecon/side'],
    ['by path', "export { high as low } from '../../high/src/index.js';", 'packages/high/src/index.ts'],
    ['when it runs', "export const low = await import('@kanrecon/side');", '@kanrecon/side'],
  ])('finds a package that imports what does not lie under it: %s', async (_, source, target) => {
    expect(await problemsWith({ 'packages/low/src/index.ts': source })).toContain(
      `packages/low/src/index.ts imports ${target}: @kanrecon/low imports what does not lie under it; it may import none of ours`,
    );
  });

  it('finds what package.json lacks, of ours and of others', async () => {
    const problems = await problemsWith({
      'packages/middle/package.json': manifest('middle'),
      'packages/side/src/index.ts': "export type { Schema } from 'some-types/sub';",
    });
    expect(problems).toEqual([
      'packages/middle/package.json: src imports @kanrecon/low, which dependencies and peerDependencies lack',
      'packages/side/package.json: src imports some-types, which dependencies and peerDependencies lack',
    ]);
  });

  it('does not count a test’s import', async () => {
    const problems = await problemsWith({
      'packages/side/package.json': manifest('side', ['low']),
      'packages/side/src/index.test.ts': "import { low } from '@kanrecon/low'; export { low };",
    });
    expect(problems).toEqual(['packages/side/package.json: no file of src imports @kanrecon/low']);
  });

  it('finds what package.json names without use, and exceptions without use', async () => {
    const unused = { 'packages/side/package.json': manifest('side', [], { peerDependencies: { other: '1' } }) };
    expect(await problemsWith(unused)).toEqual(['packages/side/package.json: no file of src imports other']);
    expect(await problemsWith(unused, { side: { other: 'a reason' } })).toEqual([]);
    expect(await problemsWith({}, { side: { other: 'a reason' } })).toEqual([
      'scripts/imports/packages-table.mjs: the exception other of side is of no use any more',
    ]);
  });

  it('asks for the peers of the packages below', async () => {
    const peerOfLow = {
      'packages/low/package.json': manifest('low', [], { peerDependencies: { 'a-peer': '1' } }),
      'packages/low/src/index.ts': "export { low } from 'a-peer';",
    };
    const peers = { peerDependencies: { 'a-peer': '1' } };
    const problems = await problemsWith({
      ...peerOfLow,
      'packages/middle/package.json': manifest('middle', ['low'], peers),
    });
    expect(problems).toContain(
      'packages/high/package.json: peerDependencies lack a-peer, which a package below asks for',
    );
    expect(problems.filter((problem) => problem.includes('middle/package.json'))).toEqual([]);
  });

  it.each(['node:fs', 'fs', 'sharp', 'tinypool'])(
    'finds %s below an entry for browsers, across packages',
    async (name) => {
      const problems = await problemsWith({
        'packages/low/package.json': manifest('low', [], { dependencies: { sharp: '1', tinypool: '1' } }),
        'packages/low/src/index.ts': "export { deep as low } from './deep.js';",
        'packages/low/src/deep.ts': `export const deep = () => import('${name}');`,
      });
      expect(problems).toContain(
        `@kanrecon/high does not run in a browser: it reaches ${name} (packages/high/src/index.ts → packages/low/src/index.ts → packages/low/src/deep.ts)`,
      );
    },
  );

  it('lets a ./node entry use Node.js, but no entry for browsers use that', async () => {
    const lowWithNode = {
      'packages/low/package.json': manifest('low', [], {}, ['index', 'node', 'sub']),
      'packages/low/src/node.ts': "import { readFileSync } from 'node:fs'; export const read = readFileSync;",
      'packages/low/src/sub.ts': 'export const sub = 1;',
    };
    expect(await problemsWith(lowWithNode)).toEqual([]);
    const problems = await problemsWith({
      ...lowWithNode,
      'packages/low/src/sub.ts': "export { read as sub } from './node.js';",
      'packages/middle/src/index.ts':
        "import { low } from '@kanrecon/low'; import { read } from '@kanrecon/low/node'; export const middle = [low, read];",
    });
    expect(problems.map((problem) => problem.replace(/:.*/, ''))).toEqual([
      '@kanrecon/high does not run in a browser',
      '@kanrecon/low/sub does not run in a browser',
      '@kanrecon/middle does not run in a browser',
    ]);
  });
});

describe('the table', () => {
  it('has what lies under a package, however far below', () => {
    expect(packagesUnder(packagesTable, 'scene')).toEqual(['geometry', 'render']);
    expect(packagesUnder(packagesTable, 'trainer')).toEqual(
      Object.keys(packagesTable).filter((name) => name !== 'trainer'),
    );
  });

  it('has no circles: a row names only rows above it', () => {
    expect(() => packagesUnder({ low: ['high'], high: ['low'] }, 'high')).toThrow(
      'packagesUnder: low names high; expected one of the rows above it: ',
    );
    expect(() => packagesUnder(table, 'attic')).toThrow(
      'the table has no row for attic; it has low, side, middle, high',
    );
  });
});
