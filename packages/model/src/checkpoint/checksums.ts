import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { crc32 } from './crc32.js';
import type { DataSummary, FirstDataSummary } from './manifest-schema.js';
import { sha256 } from './sha256.js';

/** Length and SHA-256 of bytes, or of a text in UTF-8. */
export async function summarize(data: Uint8Array | string): Promise<DataSummary> {
  const bytes = bytesOf(data);
  return { byteLength: bytes.length, sha256: await sha256(bytes) };
}

/** The checksum of a manifest: over the text that `JSON.stringify` makes of all its other fields. */
export async function manifestChecksum(manifest: object): Promise<string> {
  const { version } = manifest as { readonly version?: number };
  const { checksum: _, ...rest } = manifest as { readonly checksum?: string };
  const bytes = bytesOf(JSON.stringify(rest));
  return version === 2 ? crc32(bytes) : sha256(bytes);
}

/**
 * @param file its name in a model's folder
 * @throws CheckpointError if it is not what was stored
 */
export async function checkData(
  file: string,
  data: Uint8Array | string | undefined,
  expected: DataSummary | FirstDataSummary | undefined,
): Promise<void> {
  if (data === undefined || expected === undefined) {
    throw new CheckpointError(`fromArtifacts: ${file} is missing${putSoundCopy}`, { code: 'missing' });
  }
  const bytes = bytesOf(data);
  if (bytes.length !== expected.byteLength) {
    throw new CheckpointError(
      `fromArtifacts: ${file} is truncated, changed or of another model; expected ${expected.byteLength} bytes, got ${bytes.length}${putSoundCopy}`,
    );
  }
  if ('crc32' in expected) checkSum(file, 'CRC-32', crc32(bytes), expected.crc32);
  else checkSum(file, 'SHA-256', await sha256(bytes), expected.sha256);
}

/** @throws CheckpointError if a manifest is not what was stored; version 1 has no checksum of it */
export async function checkManifest(manifest: { readonly version: number; readonly checksum?: string }): Promise<void> {
  if (manifest.version === 1) return;
  const kind = manifest.version === 2 ? 'CRC-32' : 'SHA-256';
  checkSum('config.json', kind, await manifestChecksum(manifest), manifest.checksum);
}

function checkSum(file: string, kind: string, actual: string, expected: string | undefined): void {
  if (actual === expected) return;
  const [was, is] = [expected ?? 'none', actual].map((sum) => `${sum}`.slice(0, 16));
  throw new CheckpointError(
    `fromArtifacts: ${file} is damaged or changed; expected ${kind} ${was}, got ${is}${putSoundCopy}`,
  );
}

function bytesOf(data: Uint8Array | string): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}
