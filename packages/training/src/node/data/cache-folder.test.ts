import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/temporary-folder.js';
import { cacheFolder } from './cache-folder.js';

let folder: string;
beforeAll(() => {
  folder = realpathSync(temporaryFolder());
});
afterAll(() => rmSync(folder, { recursive: true }));

it('lies in the data set where that can be written to', async () => {
  expect(await cacheFolder(folder)).toBe(join(folder, '.cache'));
});

/** Two users of one machine; running as another takes the rights of the first. */
const users = [54321, 54322] as const;

/** A process of a user's asks for the cache of a data set and writes to it. */
function asUser(uid: number, dataset: string, shared: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'program.mjs'), dataset], {
    uid,
    gid: uid,
    env: { PATH: process.env['PATH'], TMPDIR: shared },
    encoding: 'utf8',
    cwd: '/',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trim();
}

it('keeps two users of one machine apart, for a data set that neither can write to or one of them has a cache in', () => {
  if (process.geteuid?.() !== 0) {
    // Not an environment's lack: on a developer's machine tests do not run as root, in CI they do.
    process.stderr.write('Skipped: two users at one cache, which takes root to try.\n');
    return;
  }
  chmodSync(folder, 0o755);
  buildSync({
    stdin: {
      contents: `
        import { mkdir, writeFile } from 'node:fs/promises';
        import { cacheFolder } from './cache-folder.js';
        const folder = await cacheFolder(process.argv[2]);
        await mkdir(folder, { recursive: true });
        await writeFile(folder + '/pixels', '');
        console.log(folder);`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(folder, 'program.mjs'),
  });
  const shared = join(folder, 'shared');
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  const readOnly = join(folder, 'read-only data');
  mkdirSync(readOnly);

  const folders = users.map((user) => asUser(user, readOnly, shared));
  expect(new Set(folders).size).toBe(2);
  for (const [i, path] of folders.entries()) {
    expect(asUser(users[i], readOnly, shared)).toBe(path);
    expect(dirname(path)).toBe(join(shared, `kanrecon-cache-${users[i]}`));
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(statSync(path).uid).toBe(users[i]);
  }
  // Two data sets whose names differ in what is not shown.
  const other = join(folder, 'read-only_data');
  mkdirSync(other);
  expect(asUser(users[0], other, shared)).not.toBe(folders[0]);

  const common = join(folder, 'common');
  mkdirSync(common);
  chmodSync(common, 0o777);
  expect(asUser(users[0], common, shared)).toBe(join(common, '.cache'));
  expect(dirname(asUser(users[1], common, shared))).toBe(join(shared, `kanrecon-cache-${users[1]}`));
});
