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

/** What is to be streamed. */
export interface StreamWanted {
  readonly epochImages: number;
  readonly workers: number;
  /** The scene by name, and how many images are made to validate with, where no data set has both. */
  readonly draw?: { readonly scene: string; readonly validationImages: number };
}

interface StreamFlags {
  stream: string | undefined;
  'epoch-images': number;
  'val-images': number;
  'stream-workers': number;
  dataset: string | undefined;
}

/**
 * Reads the flags of {@link streamOptions}.
 *
 * @throws UserError if the flags do not go together
 */
export function streamFromFlags(options: StreamFlags, given: ReadonlySet<string>): StreamWanted | undefined {
  const { stream: scene, dataset } = options;
  const streamed = { epochImages: options['epoch-images'], workers: options['stream-workers'] };
  if (scene === undefined) {
    const lost = ['epoch-images', 'val-images', 'stream-workers'].find((name) => given.has(name));
    if (lost) throw new UserError(`--${lost} goes with --stream only; add --stream, for example --stream observable.`);
    return undefined;
  }
  if (scene === 'dataset') {
    if (!dataset)
      throw new UserError('--stream dataset draws images like those of a data set; name it with --dataset.');
    if (given.has('val-images')) throw new UserError('--val-images goes without --dataset, whose images are taken.');
    return streamed;
  }
  if (!sceneFlags.some((name) => name === scene)) {
    throw new UserError(`--stream: expected one of ${[...sceneFlags, 'dataset'].join(', ')}, got "${scene}".`);
  }
  if (dataset) {
    throw new UserError(
      `--stream ${scene} makes its own images to validate with; leave --dataset out, or give --stream dataset for images like those of ${dataset}.`,
    );
  }
  return { ...streamed, draw: { scene, validationImages: options['val-images'] } };
}
