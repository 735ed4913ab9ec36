import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namingPath } from './naming-path.js';

/** Fails early, before hours of work, when no file can be written to the folder. @throws an error of the file system with a `path` */
export async function checkWritable(folder: string): Promise<void> {
  // Of a name that `removeTemporaryFiles` knows, should the process be killed here.
  const probe = join(folder, `.kanrecon-probe.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await namingPath(folder, writeFile(probe, ''));
  } finally {
    await rm(probe, { force: true });
  }
}
