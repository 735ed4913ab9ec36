import type { ModelName } from '../../state/model-name.js';
import { cases, models, updateCase } from '../../state/store.js';
import { viewerModel } from '../../state/viewer-model.js';
import type { ModelInfo } from '../../worker/protocol.js';
import { report } from '../report.js';
import { takeModel } from '../take-model.js';
import { worker } from '../worker.js';

/** Takes a network of this browser's own among the models, and has it answer the images that are open. */
export async function takeIn(info: ModelInfo): Promise<void> {
  const model = await viewerModel(info);
  models.value = new Map([...models.value, [model.name, model]]);
  for (const { id, name, picture, file, answers } of cases.value) {
    // Those that no network has answered yet are answered by this one, too.
    if (!picture || answers.length === 0) continue;
    leave(id, model.name);
    try {
      const answer = await worker.ask('answerBy', {
        picture,
        model: model.name,
        ...(file && { file: { name, file } }),
      });
      updateCase(id, (item) => ({ answers: [...item.answers, answer] }));
    } catch (error) {
      report(error);
    }
  }
}

/** Takes a network away from the models; images that show its answer show another's. */
export function takeAway(name: ModelName): void {
  for (const { id } of cases.value) leave(id, name);
  models.value = new Map([...models.value].filter(([key]) => key !== name));
}

/** Forgets what a network, or an earlier state of it, has said of an image. */
function leave(id: number, name: ModelName): void {
  const without = <T extends { readonly model: ModelName }>(all: readonly T[]) =>
    all.filter(({ model }) => model !== name);
  updateCase(id, ({ answers, verdicts, refined }) => {
    const { [name]: _, ...others } = refined;
    return { answers: without(answers), verdicts: without(verdicts), refined: others };
  });
  const item = cases.value.find((one) => one.id === id);
  const [first] = item?.answers ?? [];
  if (item?.model === name && first) takeModel(id, first.model);
}
