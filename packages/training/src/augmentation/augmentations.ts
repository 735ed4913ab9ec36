/**
 * What can be done to training images, and what it does to their labels.
 *
 * - `mirror`: left and right exchanged with p = .5. Exact where the object is its own mirror image, as a plain surface of
 *   revolution is: the mirrored image is a true image of it from another camera. It is false where a twist shows: the mirrored image
 *   shows one that runs the other way round, and no label says that. Whether it does is found by rendering (`mirrorKeepsLabels`).
 * - `turns`: the four quarter turns. True: the camera is turned about its own axis. Exact, but most data sets have no such cameras,
 *   so there is more to learn.
 * - `rotate`: within ±20°, the study's. True, as `turns`; a fitted camera would stand a little nearer or farther, which tells nothing
 *   of the object.
 * - `color`: brightness, contrast, saturation ±.2, the study's. True: no label speaks of colour or light.
 * - `hue`: ±.1 of the colour circle, the study's. True as well on a hue wheel, where it moves the colours along u by up to 36°. All
 *   the labels of our surfaces are about shape, and about how u runs along v, not where it begins; on a surface of revolution the
 *   image is just that from a camera further round.
 *
 * All but `color` change where an image seems to be taken from, on a hue wheel `hue` too: what is refused where the network learns the
 * camera, see `checkCameraLabels`.
 */
export const augmentations = ['mirror', 'turns', 'rotate', 'color', 'hue'] as const;

/** One of {@link augmentations}. */
export type Augmentation = (typeof augmentations)[number];

/** Names for several at once. */
export const augmentationSets: Readonly<Record<string, readonly Augmentation[]>> = {
  none: [],
  dihedral: ['mirror', 'turns'],
  study: ['mirror', 'rotate', 'color', 'hue'],
};

/** What `--augment` takes. */
export const augmentationNames = [...Object.keys(augmentationSets), ...augmentations];

/**
 * The parts that a text such as `study` or `rotate,color` names, in their fixed order.
 *
 * @returns undefined if it names something else
 */
export function parseAugmentations(text: string): Augmentation[] | undefined {
  const words = text.split(',').map((word) => word.trim());
  const named = new Set<Augmentation>();
  for (const word of words) {
    const parts = Object.hasOwn(augmentationSets, word)
      ? augmentationSets[word]
      : augmentations.filter((name) => name === word);
    if (!parts || (parts.length === 0 && word !== 'none')) return undefined;
    for (const part of parts) named.add(part);
  }
  return augmentations.filter((name) => named.has(name));
}
