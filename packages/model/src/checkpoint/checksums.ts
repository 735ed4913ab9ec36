import { crc32 } from './crc32.js';
import type { DataSummary, ReconstructorManifest } from './reconstructor-artifacts.js';

/** Length and CRC-32 of bytes, or of a text in UTF-8. */
export function summarize(data: Uint8Array | string): DataSummary {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  return { byteLength: bytes.length, crc32: crc32(bytes) };
}

/** The checksum of a manifest: over the text that `JSON.stringify` makes of all its other fields. */
export function manifestChecksum({ checksum: _, ...rest }: ReconstructorManifest): string {
  return summarize(JSON.stringify(rest)).crc32;
}
