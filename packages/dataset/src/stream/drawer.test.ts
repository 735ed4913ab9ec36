import { sceneByName, sceneToJson } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { drawer } from './drawer.js';
import type { StreamAnswer } from './stream-message.js';
import { serveDrawing } from './web-drawing-thread.js';

const setup = { scene: sceneToJson(sceneByName('study')), seed: 1, batchSize: 1, imageSize: 32 };

/** Keeps what is posted; batches cannot be. */
function failingPost(answers: StreamAnswer[]) {
  return (answer: unknown) => {
    if (!('error' in (answer as StreamAnswer))) throw new Error('out of paint');
    answers.push(answer as StreamAnswer);
  };
}

it('a batch that cannot be posted is an answer, too', async () => {
  const answers: StreamAnswer[] = [];
  await drawer(setup, failingPost(answers))({ batch: 3 });
  expect(answers).toEqual([{ number: 3, error: 'out of paint', isSurfaceError: false }]);
});

it('so it is in a browser’s worker, where nobody hears of a rejection', async () => {
  const answers: StreamAnswer[] = [];
  const scope: Parameters<typeof serveDrawing>[0] = { onmessage: null, postMessage: failingPost(answers) };
  serveDrawing(scope);
  scope.onmessage!({ data: setup });
  scope.onmessage!({ data: { batch: 5 } });
  await expect.poll(() => answers).toEqual([{ number: 5, error: 'out of paint', isSurfaceError: false }]);
});
