import { createReadStream } from 'node:fs';
import { UserError } from '../cli/user-error.js';

/** No image is larger; what a device such as /dev/zero gives has no end at all. */
const byteLimit = 2 ** 28;

/**
 * All that comes through a pipe, which can be read once only.
 *
 * @param path `-` for standard input
 * @throws UserError if nobody writes to it, or too much; an error of the file system if it cannot be read
 */
export async function readPipe(path: string): Promise<Uint8Array> {
  const standard = path === '-' || path === '/dev/stdin';
  if (standard && process.stdin.isTTY) {
    throw new UserError(`${path} takes an image from a pipe or a file, such as < photo.jpg; none is there.`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of standard ? process.stdin : createReadStream(path)) {
    length += chunk.length;
    if (length > byteLimit) throw new UserError(`${path}: more than ${byteLimit} bytes come, as of no image.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
