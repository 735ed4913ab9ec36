import type { WeightNaming } from './weight-naming.js';

/**
 * Tells the tensors that a feature extractor has no use for: the classifier, how many batches a norm has seen, and of timm's
 * MobileNets the layer behind the pooling; and the other layers of a model that TensorFlow.js saved.
 */
export function needsNoPlace(naming: WeightNaming, hasConvHead = false): (name: string) => boolean {
  if (naming === 'tfjs') return (name) => !name.startsWith('features.');
  return (name) =>
    name.startsWith('classifier.') ||
    name.endsWith('.num_batches_tracked') ||
    (naming === 'timm' && !hasConvHead && /^conv_head\.(weight|bias)$/.test(name));
}
