import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namingPath } from './naming-path.js';

/** Fails early, before hours of work, when no file can be written to the folder. @throws an error of the file system with a `path` */
export async function checkWritable(folder: string): Promise<void> {
  const probe = join(folder, `.kanrecon-probe.${process.pid}.tmp`);
  try {
    await namingPath(folder, writeFile(probe, ''));
  } finally {
    await rm(probe, { force: true });
  }
}
