/** Whose names a set of tensors bears. */
export type WeightNaming = 'torchvision' | 'timm' | 'tfjs';
