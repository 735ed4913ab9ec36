import type { Picture } from '../../image/picture.js';
import { answersTo } from '../answers-to.js';
import type { Requests } from '../protocol.js';

/** All networks' answers to an image that is kept already. */
export async function answerImage(picture: Picture): Promise<Requests['answer']['output']> {
  return { answers: await answersTo(picture, picture) };
}
