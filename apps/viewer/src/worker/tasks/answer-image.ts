import type { Picture } from '../../image/picture.js';
import { answerBy as answerOf, answersTo } from '../answers-to.js';
import type { NetworkAnswer, Requests } from '../protocol.js';

/** All networks' answers to an image that is kept already. */
export async function answerImage(picture: Picture): Promise<Requests['answer']['output']> {
  return { answers: await answersTo(picture, picture) };
}

/** One network's answer to it. */
export async function answerBy({ picture, model }: Requests['answerBy']['input']): Promise<NetworkAnswer> {
  return answerOf(model, picture);
}
