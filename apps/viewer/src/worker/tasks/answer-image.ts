import type { InputImage } from '@kanrecon/image';
import { decodeFile } from '../../image/decode-file.js';
import type { Picture } from '../../image/picture.js';
import { ViewerError } from '../../image/viewer-error.js';
import { answerBy as answerOf, answersTo } from '../answers-to.js';
import type { NetworkAnswer, Requests } from '../protocol.js';

/** All networks' answers to an image that is kept already. */
export async function answerImage(picture: Picture): Promise<Requests['answer']['output']> {
  return { answers: await answersTo(picture, picture) };
}

/** One network's answer to it. */
export async function answerBy({ picture, file, model }: Requests['answerBy']['input']): Promise<NetworkAnswer> {
  return answerOf(model, file ? await decoded(file, model) : picture, picture);
}

/** The image in its own size: an answer must not depend on when the network came. */
async function decoded(
  { name, file }: NonNullable<Requests['answerBy']['input']['file']>,
  model: string,
): Promise<InputImage> {
  try {
    return await decodeFile(name, file);
  } catch (cause) {
    throw new ViewerError(
      `The image “${name}” has changed or is gone since it was opened; open it again to see what “${model}” makes of it.`,
      { cause },
    );
  }
}
