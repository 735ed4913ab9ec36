import type { Picture } from '../../image/picture.js';
import { ViewerError } from '../../image/viewer-error.js';
import type { RunCase } from '../../state/runs/cases.js';
import { placeOf } from '../../state/runs/cases.js';
import { scoredRuns } from '../../state/runs/runs.js';
import type { CasePictures } from '../../state/runs/viewer-run.js';
import { worker } from '../worker.js';

/** A case's image: its file, or what was drawn again. */
export type CaseImage =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'drawn'; readonly picture: Picture; readonly model: string };

/**
 * The image of a case, from the first of the runs that are shown that has it.
 *
 * @throws ViewerError with why none has it
 */
export async function caseImage(item: RunCase, signal: AbortSignal): Promise<CaseImage> {
  let why: unknown;
  for (const { evaluation } of scoredRuns.peek()) {
    if (placeOf(evaluation, item.key) === undefined) continue;
    try {
      return await imageFrom(evaluation.pictures, item, signal);
    } catch (error) {
      signal.throwIfAborted();
      why ??= error;
    }
  }
  throw why ?? new ViewerError('No run has this image.');
}

async function imageFrom(pictures: CasePictures, { image, shape }: RunCase, signal: AbortSignal): Promise<CaseImage> {
  if (pictures.kind === 'drawn') {
    const { model, seed } = pictures;
    return { kind: 'drawn', model, picture: await worker.ask('drawFor', { model, seed, shape }, { signal }) };
  }
  if (pictures.kind === 'files') {
    const file = pictures.files.get(image);
    if (file === 'several') {
      throw new ViewerError(
        `Several of the opened files are named “${image}”, and none lies in the data set’s folder; open the run with the images of its data set alone.`,
      );
    }
    if (file) return { kind: 'file', file };
    throw new ViewerError('The image is not among the opened files; open the data set’s images along with the run.');
  }
  const response = await fetch(pictures.address + encodeURIComponent(image), { signal });
  if (!response.ok) {
    throw new ViewerError('The image is no longer where the evaluation found it; put its data set there again.');
  }
  return { kind: 'file', file: new File([await response.blob()], image) };
}
