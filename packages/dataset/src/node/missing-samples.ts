import { join } from 'node:path';
import type { DatasetProblem } from '../dataset-error.js';
import { imageFileName, type SampleId } from '../file-names.js';
import { type Split, splits } from '../sample.js';
import type { SynthesisSettings } from './manifest-schema.js';

const shownNames = 3;

/**
 * What the settings of a data set say was made and is not there, a problem for each split. A view counts as there in whatever split it
 * lies: who arranges shapes into other splits has them all.
 *
 * @param wanted splits that are looked into
 * @param present every label and image, of all splits
 */
export function missingSamples(
  root: string,
  settings: SynthesisSettings,
  wanted: readonly Split[],
  present: readonly SampleId[],
): DatasetProblem[] {
  const { viewsPerShape, split: shapes } = settings;
  const there = new Set(present.map(({ shape, view }) => `${shape} ${view}`));
  let first = 0;
  return splits.flatMap((split) => {
    const [from, to] = [first, first + shapes[split]];
    first = to;
    if (!wanted.includes(split)) return [];
    const total = shapes[split] * viewsPerShape;
    const inside = present.filter(({ shape, view }) => shape >= from && shape < to && view < viewsPerShape);
    const count = new Set(inside.map(({ shape, view }) => `${shape} ${view}`)).size;
    if (count >= total) return [];
    const names: string[] = [];
    // Ends soon, whatever numbers the settings hold: it passes over no more views than are there.
    for (let shape = from; shape < to && names.length < shownNames; shape++) {
      for (let view = 0; view < viewsPerShape && names.length < shownNames; view++) {
        if (!there.has(`${shape} ${view}`)) names.push(imageFileName({ shape, view }));
      }
    }
    const more = total - count > names.length ? ', …' : '';
    const are = count === 1 ? 'is' : 'are';
    const message = `${count} of the ${total} images that synthesis.json names ${are} there (${names.join(', ')}${more} ${total - count === 1 ? 'is' : 'are'} missing); "kanrecon synth" with the options of synthesis.json and this folder makes the others`;
    return [{ path: join(root, split), kind: 'missing-sample', message }];
  });
}
