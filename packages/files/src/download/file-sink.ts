import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { writeAtomically } from '../write-atomically.js';
import { writeFully } from '../write-fully.js';
import type { DownloadSink } from './transfer.js';

/** Checksums of a file, hexadecimal. */
export interface FileChecksums {
  readonly md5: string;
  readonly sha256: string;
}

/** A file's beginning on the disk, and beside it the version that it is of. */
export class FileSink implements DownloadSink {
  have: number;
  validator: string | undefined;

  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
    private readonly validatorPath: string,
    have: number,
    validator: string | undefined,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.have = have;
    this.validator = validator;
  }

  /** Opens what an earlier call has left, or makes the file. */
  static async open(path: string, validatorPath: string, signal?: AbortSignal): Promise<FileSink> {
    // Not "a": positions are ours.
    const handle = await open(path, 'r+').catch(() => open(path, 'w+'));
    const validator = await readFile(validatorPath, 'utf8').catch(() => undefined);
    const { size } = await handle.stat();
    return new FileSink(handle, path, validatorPath, size, validator || undefined, signal);
  }

  async begin(validator: string | undefined): Promise<void> {
    // In this order: what is there never passes for another version's beginning, wherever the process is killed.
    await rm(this.validatorPath, { force: true });
    this.validator = undefined;
    await this.handle.truncate(0);
    this.have = 0;
    if (validator === undefined) return;
    await writeAtomically(this.validatorPath, validator);
    this.validator = validator;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await writeFully(this.handle, bytes, this.have);
    this.have += bytes.length;
  }

  async checksums(): Promise<FileChecksums> {
    await this.handle.sync();
    return fileChecksums(this.path, this.signal);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** @throws `signal.reason` when aborted */
export async function fileChecksums(path: string, signal?: AbortSignal): Promise<FileChecksums> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    md5.update(chunk);
    sha256.update(chunk);
  }
  return { md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}
