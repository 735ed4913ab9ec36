import { chmodSync, mkdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { userTemporaryFolder } from './user-temporary-folder.js';

const user = process.geteuid?.();
const mode = (path: string) => statSync(path).mode & 0o777;

// Windows has a folder for temporary files for each user.
describe.skipIf(user === undefined)('userTemporaryFolder', () => {
  let shared: string;
  beforeEach(() => {
    shared = realpathSync(temporaryFolder());
  });
  afterEach(() => rmSync(shared, { recursive: true }));

  it("is this user's alone and the same at every call", async () => {
    const path = await userTemporaryFolder('cache', { shared });
    expect(path).toBe(join(shared, `cache-${user}`));
    expect(mode(path)).toBe(0o700);
    writeFileSync(join(path, 'kept'), '');
    expect(await userTemporaryFolder('cache', { shared })).toBe(path);
    chmodSync(path, 0o777);
    await userTemporaryFolder('cache', { shared });
    expect(mode(path)).toBe(0o700);
  });

  it("does not use what is another user's, nor is kept out by it", async () => {
    // Ours, which is another's for the user of the next number.
    const other = user! + 1;
    const taken = join(shared, `cache-${other}`);
    mkdirSync(taken);
    const path = await userTemporaryFolder('cache', { shared, user: other });
    expect(path).not.toBe(taken);
    expect(path.startsWith(`${taken}-`)).toBe(true);
    expect(mode(path)).toBe(0o700);
  });

  it('follows no link and trips over no file', async () => {
    const target = join(shared, 'target');
    mkdirSync(target);
    symlinkSync(target, join(shared, `linked-${user}`));
    writeFileSync(join(shared, `file-${user}`), '');
    for (const name of ['linked', 'file']) {
      const path = await userTemporaryFolder(name, { shared });
      expect(path.startsWith(join(shared, `${name}-${user}-`))).toBe(true);
      expect(statSync(path).isDirectory()).toBe(true);
    }
  });
});
