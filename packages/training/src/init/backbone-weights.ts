/**
 * Weights of a backbone that were trained elsewhere, as the bytes of their file: what `fetchPretrained` of `@kanrecon/backbones` gives, or a
 * file of one's own.
 */
export interface BackboneWeights {
  /** What people call the file: kept in the run's configuration and on the network's card. */
  readonly name: string;
  /** Where the file lies, for whoever has to mend or delete it; told if it cannot be used, and not kept. */
  readonly path?: string;
  /** A safetensors file or a PyTorch checkpoint, under torchvision's names or timm's. */
  readonly bytes: Uint8Array;
  /** Hexadecimal; found when left out. Kept beside the name. */
  readonly sha256?: string;
  /** What is known of them. */
  readonly weights?: {
    /**
     * Mean and deviation of the images that they were trained on. Where they are left out: the study's for a checkpoint of the study, or
     * else those of all published weights of this backbone.
     */
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
  };
}
