/** The output of a stage: a map `[batch, height, width, channels]`. */
export interface FeatureMap {
  /** `stage0`, `stage1`, …: torchvision's `features.0`, `features.1`, … */
  readonly name: string;
  /** The layer whose output it is: `model.getLayer(layer).output`. */
  readonly layer: string;
  readonly channels: number;
  /** Pixels of the image on a side to one of the map. */
  readonly stride: number;
}
