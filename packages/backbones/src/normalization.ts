/** How an image's values in [0, 1] become the network's input: (value − mean) / std, channel by channel (R, G, B). */
export interface Normalization {
  readonly mean: readonly [red: number, green: number, blue: number];
  readonly std: readonly [red: number, green: number, blue: number];
}

/** Means and deviations of ImageNet's training images, as torchvision's pretrained weights expect them. */
export const imageNetNormalization: Normalization = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** The red channel's mean and deviation for all three channels, as "Parametric reconstruction of 3D object with KAN" uses. */
export const studyNormalization: Normalization = { mean: [0.485, 0.485, 0.485], std: [0.229, 0.229, 0.229] };
