import { decodeFile } from '../../image/decode-file.js';
import { smallPicture } from '../../image/small-picture.js';
import { answersTo } from '../answers-to.js';
import type { Requests } from '../protocol.js';
import type { TaskContext } from '../task-context.js';

/** Decodes a file, and lets the networks see it in its own size. */
export async function readImage(
  { name, file }: Requests['read']['input'],
  { tell, signal }: TaskContext<Requests['read']['event']>,
): Promise<Requests['read']['output']> {
  const image = await decodeFile(name, file);
  signal.throwIfAborted();
  const picture = smallPicture(image);
  tell(picture);
  return { answers: await answersTo(image, picture) };
}
