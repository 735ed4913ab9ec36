import { placeOf, type RunCase } from '../../state/runs/cases.js';
import { scoredRuns } from '../../state/runs/runs.js';
import { currentId, findCase, models } from '../../state/store.js';
import { chooseByHand } from '../choose-by-hand.js';
import { openDrawn, openFiles } from '../open-image.js';
import { report } from '../report.js';
import { caseImage } from './case-picture.js';

/** Opens a case's image as any image, with the answer of the run's own network where the page has that. */
export async function openCase(item: RunCase): Promise<void> {
  try {
    const image = await caseImage(item, new AbortController().signal);
    if (image.kind === 'drawn') {
      await openDrawn(image.model, item.image, image.picture);
      return;
    }
    const model = scoredRuns
      .peek()
      .find(({ run, evaluation }) => run.model !== undefined && placeOf(evaluation, item.key) !== undefined)?.run.model;
    await openFiles([image.file]);
    const id = currentId.value;
    if (id === undefined || model === undefined || !models.value.has(model)) return;
    if (findCase(id)?.name === image.file.name) chooseByHand(id, model);
  } catch (error) {
    report(error);
  }
}
