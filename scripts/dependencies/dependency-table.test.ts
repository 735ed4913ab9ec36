import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/temporary-folder.js';
import { currentDependencies } from '../dependency-table.mjs';
import { dependencyTable, showSize } from './dependency-table.mjs';
import { findDependencies } from './find-dependencies.mjs';
import { licenseOf } from './licenses.mjs';

describe('docs/dependencies.md', () => {
  it('every licence is let in', () => {
    expect(currentDependencies().problems).toEqual([]);
  });

  // Of packages that are built for a machine it shows those of linux-x64.
  it.runIf(process.platform === 'linux' && process.arch === 'x64')('says what is installed', () => {
    const { written, wanted } = currentDependencies();
    // The formatter aligns the cells of tables.
    const cells = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim();
    expect(cells(written), 'run "node scripts/dependency-table.mjs"').toBe(cells(wanted));
  });
});

describe('licenseOf', () => {
  it.each(['MIT', 'Apache-2.0 AND MIT', '(MIT OR GPL-3.0-only)', '(BSD-2-Clause OR GPL-2.0) AND ISC'])(
    'lets in %s',
    (license) => {
      expect(licenseOf('x', license)).toEqual({ license });
    },
  );

  it.each([
    'GPL-3.0-only',
    'MIT AND LGPL-3.0-or-later',
    'SEE LICENSE IN LICENSE',
    'UNLICENSED',
    '',
    undefined,
    { type: 'MIT' },
  ])('not %j', (license) => {
    expect(licenseOf('x', license)).toHaveProperty('problem', expect.stringContaining('x '));
  });

  it('knows what a package.json does not say, as long as that is what it was', () => {
    expect(licenseOf('node-unrar-js', 'MIT')).toMatchObject({ license: 'MIT and UnRAR' });
    expect(licenseOf('node-unrar-js', 'GPL-2.0')).toHaveProperty('problem');
    expect(licenseOf('@img/sharp-libvips-*', 'LGPL-3.0-or-later')).toMatchObject({ license: 'LGPL-3.0-or-later' });
  });
});

it('finds what others need in turn, how it comes, and how large it is', () => {
  const root = temporaryFolder();
  const pack = (folder: string, manifest: Record<string, unknown>) => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
    return { path: join(root, folder), manifest };
  };
  const low = pack('low', { name: 'low', dependencies: { a: '1' } });
  const high = pack('high', {
    name: 'high',
    dependencies: { low: '*' },
    peerDependencies: { p: '^1', q: '^2' },
    peerDependenciesMeta: { q: { optional: true } },
  });
  pack('node_modules/a', { name: 'a', version: '1.0.0', license: 'MIT', dependencies: { b: '1' } });
  pack('node_modules/a/node_modules/b', { name: 'b', version: '1.2.0', license: 'GPL-3.0-only' });
  writeFileSync(join(root, 'node_modules/a/node_modules/b/code.js'), 'x'.repeat(5000));
  pack('node_modules/p', { name: 'p', version: '1.5.0', license: 'ISC' });
  const found = findDependencies([low, high]);
  const { a, b, p, q } = Object.fromEntries(found.dependencies);
  expect(a).toMatchObject({ version: '1.0.0', kind: 'with it', bytes: expect.closeTo(80, -2) });
  expect([...b.namedBy]).toEqual(['a']);
  expect(b.bytes).toBeGreaterThan(5000);
  expect(p.kind).toBe('peer');
  expect(q).toMatchObject({ kind: 'optional peer', version: '^2' });
  expect(q.bytes).toBeUndefined();
  expect(found.brought.get('low')).toEqual(new Set(['a', 'b']));
  expect(found.brought.get('high')).toEqual(new Set(['a', 'b', 'p']));
  const { text, problems } = dependencyTable(found, {});
  expect(problems).toEqual([expect.stringContaining('b is under GPL-3.0-only'), 'q names no licence']);
  expect(text).toContain('| `b` | 1.2.0 | ? | 5.1 KB | with it | a |');
  rmSync(root, { recursive: true });
});

it('shows sizes to two digits', () => {
  expect([5012, 14_900, 249_999, 998_000, 18_711_000].map(showSize)).toEqual([
    '5.0 KB',
    '15 KB',
    '250 KB',
    '1.0 MB',
    '19 MB',
  ]);
});
