import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { shortenName } from './shorten-name.js';

/** Bytes: what the narrowest file system takes (eCryptfs; others 255). */
const nameLimit = 143;
const digestLength = 8;

/**
 * A path beside another one: its name with `suffix` at the end. Where that would be longer than file systems take, its beginning
 * with a digest of the whole name, so that it is the same at every call and differs for other names.
 */
export function siblingPath(path: string, suffix: string): string {
  const name = basename(path);
  const whole = `${name}${suffix}`;
  if (Buffer.byteLength(whole) <= nameLimit) return join(dirname(path), whole);
  const digest = createHash('sha256').update(name).digest('hex').slice(0, digestLength);
  const room = nameLimit - Buffer.byteLength(suffix) - digestLength - 1;
  return join(dirname(path), `${shortenName(name, room)}~${digest}${suffix}`);
}
