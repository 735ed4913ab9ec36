import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where programs look for the place of temporary files: on Unix and on Windows. */
const variables = ['TMPDIR', 'TMP', 'TEMP'];

/**
 * One folder for all temporary files of a run of the tests, those of the processes that they start included, which goes when the run ends:
 * no test can leave anything behind, also one that fails or is cut off.
 *
 * @returns takes it away
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'kanrecon-tests-'));
  // As in the system's own, programs of other users find what they are told of; some tests start them.
  chmodSync(folder, 0o711);
  const before = variables.map((name) => [name, process.env[name]] as const);
  const remove = () => {
    process.off('exit', remove);
    // A process that a test has killed may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  process.on('exit', remove);
  for (const name of variables) process.env[name] = folder;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    remove();
  };
}
