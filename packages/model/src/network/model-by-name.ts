import { type BackboneName, backboneTable } from '@kanrecon/backbones/names';
import { nearestName } from '@kanrecon/image';
import { type HeadType, headNames } from '../heads/head-names.js';
import { studyModels } from './study-models.js';
import { STUDY_DROPOUT, studyWidths } from './study-rules.js';

/** What a model's name says of its network; everything else (image size, preprocessing, certainty) is not in a name. */
export interface NamedModel {
  backbone: BackboneName;
  /** False for LOCK. */
  trainBackbone: boolean;
  head: {
    type: HeadType;
    /** Of the hidden layers. */
    widths: number[];
    /** Rate before the head, and before each further layer of it. */
    dropout: number;
    hiddenDropout: number;
  };
}

/** A part of a name, between two underscores. */
interface Part {
  readonly what: string;
  /** What it can be, in words. */
  readonly expected: string;
  /** The words that it can be, for the nearest one; none where there are numbers in them. */
  readonly words: readonly string[];
  readonly fits: (word: string) => boolean;
  /** Whether it may be left out. */
  readonly optional?: boolean;
}

const parts: readonly Part[] = [
  oneOf(
    'backbone',
    backboneTable.map(({ studyName }) => studyName),
  ),
  { ...oneOf('training of the backbone', ['UNLOCK', 'LOCK']), optional: true },
  {
    what: 'dropout',
    expected: 'NODROP, DROP (a rate of .4) or DROP with the decimals of a rate (DROP25 is .25)',
    words: ['NODROP', 'DROP'],
    fits: (word) => word === 'NODROP' || (/^DROP\d{0,6}$/.test(word) && rateOf(word) > 0),
  },
  oneOf(
    'head',
    headNames.map(({ studyName }) => studyName),
  ),
  { ...oneOf('dropout between the layers of the head', ['DROP']), optional: true },
  {
    what: 'width',
    expected: "a whole number from 1 to 4096, the units of the head's first layer, at the end",
    words: [],
    fits: (word) => /^[1-9]\d{0,3}$/.test(word) && Number(word) <= 4096,
  },
];
/** What is behind the last of them. */
const rest: Part = { what: 'end', expected: 'nothing behind the width', words: [], fits: () => false };
const studyNames = studyModels.map(({ name }) => name);

/**
 * The network that a name means, by the rule of the study "Parametric reconstruction of 3D object with KAN":
 *
 *     <backbone>_<LOCK|UNLOCK>_<DROP|NODROP>_<head>_<width>        SQUEEZENET_DROP4_FOURIER_DROP_256
 *
 * LOCK is a frozen backbone; where neither word stands it is trained. DROP is dropout of .4 before the head, DROP25 of .25; a DROP behind
 * the head's name is the same between its layers. A width of 6 is a single layer from the features to the outputs, however many there
 * are; 32 is followed by 16, and 256 by 128, 64 and 32, as in the study; any other is one hidden layer.
 *
 * The inverse of `reconstructorName`, but for what names do not say: further hidden layers than the study's, that rates before and between layers differ,
 * and a hidden layer of 6.
 *
 * @returns a part of a configuration, to be spread into one: `createReconstructor({ ...modelByName(name), targets })`
 * @throws RangeError in one sentence that names the first part that is wrong, what is possible there, and the nearest name there is
 */
export function modelByName(name: string): NamedModel {
  const words = String(name).split('_');
  const { found, mistake } = read(words);
  if (mistake) {
    const { what, expected, at } = mistake;
    const got = words[at] === undefined ? 'nothing' : `"${words[at]}"`;
    const near = nearest(words.map((word) => word.toUpperCase()));
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new RangeError(`modelByName: the ${what} in "${name}" is wrong; expected ${expected}, got ${got}${hint}`);
  }
  const [backbone, lock, dropout, head, hidden, width] = found;
  const rate = dropout === 'NODROP' ? 0 : rateOf(dropout!);
  const units = Number(width);
  return {
    backbone: backboneTable.find(({ studyName }) => studyName === backbone)!.name,
    trainBackbone: lock !== 'LOCK',
    head: {
      type: headNames.find(({ studyName }) => studyName === head)!.name,
      widths: [...(studyWidths[units] ?? [units])],
      dropout: rate,
      hiddenDropout: hidden ? rate || STUDY_DROPOUT : 0,
    },
  };
}

/** A word for each of {@link parts}, undefined where it is left out; and what is wrong first, if anything is. */
interface Reading {
  readonly found: readonly (string | undefined)[];
  readonly mistake?: Part & { readonly at: number };
}

function read(words: readonly string[]): Reading {
  let at = 0;
  const found: (string | undefined)[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.fits(words[at] ?? '')) {
      found.push(words[at++]);
      continue;
    }
    const next = parts[index + 1];
    // It is left out, unless the word behind this one is what comes next: then it is misspelt.
    const isMisspelt = next !== undefined && !next.fits(words[at] ?? '') && next.fits(words[at + 1] ?? '');
    if (!part.optional || isMisspelt) return { found, mistake: { ...part, at } };
    found.push(undefined);
  }
  return at === words.length ? { found } : { found, mistake: { ...rest, at } };
}

/** The nearest name: with each wrong part replaced by the word that is nearest to it, or the nearest of the study's. */
function nearest(words: readonly string[]): string | undefined {
  const { mistake } = read(words);
  if (!mistake) return words.join('_');
  const { at } = mistake;
  const word = words[at] === undefined ? undefined : nearestName(words[at], mistake.words);
  return word === undefined || word === words[at]
    ? nearestName(words.join('_'), studyNames)
    : nearest(words.with(at, word));
}

function oneOf(what: string, words: readonly string[]): Part {
  return {
    what,
    words,
    expected: words.length > 1 ? `one of ${words.join(', ')}` : words.join(),
    fits: (word) => words.includes(word),
  };
}

/** DROP → .4, DROP25 → .25, DROP05 → .05. */
function rateOf(word: string): number {
  const decimals = word.slice('DROP'.length);
  return decimals === '' ? STUDY_DROPOUT : Number(`.${decimals}`);
}
