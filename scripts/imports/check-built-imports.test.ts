import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/temporary-folder.js';
import { checkBuiltImports } from './check-built-imports.mjs';

it('finds what built code and declarations import and package.json does not name', () => {
  const path = temporaryFolder();
  mkdirSync(join(path, 'dist', 'sub'), { recursive: true });
  writeFileSync(
    join(path, 'dist', 'index.js'),
    "import fs from 'node:fs'; import { a } from 'a'; export const b = () => import('@b/b/sub'); export * from './sub/x.js';",
  );
  writeFileSync(
    join(path, 'dist', 'sub', 'x.d.ts'),
    "import * as c from '@kanrecon/c'; export type C = import('d').D;",
  );
  const manifest = { name: 'me', dependencies: { a: '1' } };
  const problems = checkBuiltImports({ path, manifest });
  const named = { ...manifest, peerDependencies: { '@b/b': '1', '@kanrecon/c': '1', d: '1' } };
  expect(checkBuiltImports({ path, manifest: named })).toEqual([]);
  rmSync(path, { recursive: true });
  expect(problems).toEqual([
    'me: dist/index.js imports @b/b, which package.json does not name',
    'me: dist/sub/x.d.ts imports @kanrecon/c, which package.json does not name',
    'me: dist/sub/x.d.ts imports d, which package.json does not name',
  ]);
});
