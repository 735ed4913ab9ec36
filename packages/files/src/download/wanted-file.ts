import { DownloadError } from './download-error.js';

/** A file that is to be fetched, and what is known of it beforehand. */
export interface WantedFile {
  readonly url: string;
  /** What people call it. */
  readonly name: string;
  /** Bytes; what the server says when left out. */
  readonly size?: number;
  /** Bytes that are taken at most where the size is not known. */
  readonly maxSize?: number;
  /** Hexadecimal. */
  readonly md5?: string;
  /** Hexadecimal: all 64 digits, or the first of them where no more is known. */
  readonly sha256?: string;
  /** Looks at the whole file where no checksum tells: what is wrong with it, as a clause; `undefined` if nothing is. */
  readonly explainWrong?: (bytes: Uint8Array) => string | undefined;
}

/** Checksums of what has been fetched, hexadecimal, in small letters. */
export interface FoundChecksums {
  readonly md5?: string;
  readonly sha256: string;
}

/** Whether something tells in the end that it is the right file. */
export function hasChecksum({ md5, sha256 }: WantedFile): boolean {
  return Boolean(md5 || sha256);
}

/** @throws DownloadError if a whole file is not what it should be by its own looks: a web page, say */
export function refuseWrong({ url, explainWrong }: WantedFile, bytes: Uint8Array): void {
  const wrong = explainWrong?.(bytes);
  if (wrong !== undefined) throw new DownloadError('wrong-answer', `${url} gives something else: ${wrong}`);
}

/** What is wrong with what was fetched, as a clause; `undefined` if nothing is. */
export function explainWrongChecksum({ name, md5, sha256 }: WantedFile, found: FoundChecksums): string | undefined {
  if (md5 && found.md5 !== md5.toLowerCase()) return `the MD5 of ${name} is ${found.md5}; expected ${md5}`;
  const wanted = sha256?.toLowerCase();
  if (wanted && !found.sha256.startsWith(wanted)) {
    return `the SHA-256 of ${name} is ${found.sha256}; expected ${wanted}${wanted.length < 64 ? '…' : ''}`;
  }
  return undefined;
}
