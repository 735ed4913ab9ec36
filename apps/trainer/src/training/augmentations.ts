/**
 * What is done to training images. All of it leaves the label true: the object is a surface of revolution lit from straight
 * above, so a mirrored or turned image is an image of the same object from another camera.
 *
 * - `none`
 * - `mirror`: left and right exchanged with p = .5; exact, and just what the data set's own cameras see as well
 * - `dihedral`: the eight ways to put a square onto itself (mirrors, quarter turns); exact, but most of them
 *   are turns of the camera that the data set does not have, so there is more to learn
 * - `study`: the study's mirror p = .5, rotation within ±20°, brightness, contrast, saturation ±.2, hue ±.1
 */
export const augmentations = ['none', 'mirror', 'dihedral', 'study'] as const;

export type Augmentation = (typeof augmentations)[number];
