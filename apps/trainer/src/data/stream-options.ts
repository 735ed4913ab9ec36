import { resolve } from 'node:path';
import type { ExperimentOptions } from '@kanrecon/training';
import type { OptionValues } from '../cli/define-command.js';
import { integer, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { sceneFlags } from './scene-options.js';

/** The flags of training on fresh images. */
export const streamOptions = {
  stream: text({
    about: `Draw fresh training images without end: ${sceneFlags.join(', ')}, or "dataset" for images like those of --dataset`,
    value: 'scene',
    expected: `one of ${[...sceneFlags, 'dataset'].join(', ')}`,
    default: undefined,
  }),
  'epoch-images': integer({ about: 'With --stream: images an epoch, in whole batches', min: 1, default: 8192 }),
  'val-images': integer({
    about: 'With --stream and no --dataset: images to validate with, and as many to test with, made in --out',
    min: 2,
    max: 1_000_000,
    default: 500,
  }),
  'stream-workers': integer({
    about: 'With --stream: threads that draw; the images do not depend on it',
    min: 1,
    max: 64,
    default: 1,
  }),
} as const;

/** The flags that say what is trained on. */
export interface DataFlags extends OptionValues<typeof streamOptions> {
  readonly dataset: string | undefined;
}

/** What is trained on. */
export interface DataWanted {
  readonly data: ExperimentOptions['data'];
  /** The scene by name, and how many images are made to validate with, where no data set has both. */
  readonly draw?: { readonly scene: (typeof sceneFlags)[number]; readonly validationImages: number };
}

/**
 * Reads `--dataset` and the flags of {@link streamOptions}.
 *
 * @throws UserError if the flags do not go together
 */
export function dataFromFlags(flags: DataFlags, given: ReadonlySet<string>): DataWanted {
  const { stream, dataset } = flags;
  const folder = dataset && resolve(dataset);
  if (stream === undefined) {
    const lost = Object.keys(streamOptions).find((name) => given.has(name));
    if (lost) throw new UserError(`--${lost} goes with --stream only; add --stream, for example --stream observable.`);
    if (folder) return { data: { kind: 'dataset', folder } };
    throw new UserError(
      'train needs --dataset, a folder made by "kanrecon synth" or the published data set; or --stream, to draw fresh images.',
    );
  }
  const data = { kind: 'stream', epochImages: flags['epoch-images'], workers: flags['stream-workers'] } as const;
  if (stream === 'dataset') {
    if (!folder) throw new UserError('--stream dataset draws images like those of a data set; name it with --dataset.');
    if (given.has('val-images')) throw new UserError('--val-images goes without --dataset, whose images are taken.');
    return { data: { ...data, folder } };
  }
  const scene = sceneFlags.find((name) => name === stream);
  if (!scene) {
    throw new UserError(`--stream: expected one of ${[...sceneFlags, 'dataset'].join(', ')}, got "${stream}".`);
  }
  if (dataset) {
    throw new UserError(
      `--stream ${scene} makes its own images to validate with; leave --dataset out, or give --stream dataset for images like those of ${dataset}.`,
    );
  }
  return { data, draw: { scene, validationImages: flags['val-images'] } };
}
