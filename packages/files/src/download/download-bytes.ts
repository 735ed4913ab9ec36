import type { RequestContext } from './request.js';
import { sha256 } from './sha256.js';
import { type DownloadSink, download, type OnDownloadProgress } from './transfer.js';
import { refuseWrong, type WantedFile } from './wanted-file.js';

/** A file in memory, with its checksum in hexadecimal. */
export interface DownloadedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/**
 * Downloads a file into memory, in browsers too. What a broken connection has left is gone on from if a checksum of the file is known.
 *
 * @param file its MD5 is not compared
 * @throws DownloadError; `signal.reason` when aborted
 */
export async function downloadBytes(
  file: WantedFile,
  context: RequestContext,
  onProgress?: OnDownloadProgress,
): Promise<DownloadedBytes> {
  const { md5: _, ...wanted } = file;
  const sink = new MemorySink();
  const { sha256: found } = await download(wanted, sink, context, onProgress);
  const bytes = sink.bytes();
  refuseWrong(file, bytes);
  return { bytes, sha256: found };
}

/** Keeps parts as they come. Without ETags: to ask for a part by one, a page needs the leave of other servers. */
class MemorySink implements DownloadSink {
  have = 0;
  readonly validator = undefined;
  private parts: Uint8Array[] = [];

  async begin(): Promise<void> {
    this.have = 0;
    this.parts = [];
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.parts.push(bytes);
    this.have += bytes.length;
  }

  async checksums() {
    return { sha256: await sha256(this.bytes()) };
  }

  /** In one piece. */
  bytes(): Uint8Array<ArrayBuffer> {
    const [only] = this.parts;
    if (this.parts.length === 1 && only) return only as Uint8Array<ArrayBuffer>;
    const whole = new Uint8Array(this.have);
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.parts = [whole];
    return whole;
  }
}
