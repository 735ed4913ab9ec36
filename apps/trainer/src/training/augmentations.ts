/**
 * What is done to training images. All of it leaves the label true: the object is a surface of revolution lit from straight
 * above, so a mirrored or turned image is an image of the same object from another camera.
 *
 * - `none`
 * - `dihedral`: the eight ways to put a square onto itself (mirror, quarter turns); exact, costs nothing
 * - `study`: the study's mirror p = .5, rotation within ±20°, brightness, contrast, saturation ±.2, hue ±.1
 */
export const augmentations = ['none', 'dihedral', 'study'] as const;

export type Augmentation = (typeof augmentations)[number];
