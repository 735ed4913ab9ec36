import type { LayerToWrite } from './layer-writer.js';

/** A window that goes over a map: [height, width] of each. */
interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * What a layer's `padding` adds at [top, left, bottom, right]. TensorFlow's 'same' keeps ⌈side / stride⌉ and puts an odd pixel at the end.
 *
 * @param shape [batch, height, width, channels]
 * @throws OnnxExportError for other words, or a side that is open where the padding depends on it
 */
export function padding(
  layer: LayerToWrite,
  shape: readonly (number | null)[],
  { kernel, strides, dilations }: Window,
): number[] {
  const { padding: word } = layer.config;
  if (word === 'valid') return [0, 0, 0, 0];
  if (word !== 'same') layer.refuse(`its padding is ${JSON.stringify(word)}; expected "valid" or "same"`);
  const ends = [0, 1].map((axis) => {
    const span = (kernel[axis]! - 1) * dilations[axis]! + 1;
    const stride = strides[axis]!;
    const side = shape[axis + 1];
    if (side == null && stride > 1) layer.refuse('its padding depends on the size of its input, which is open');
    const total = side == null ? span - 1 : Math.max(0, (Math.ceil(side / stride) - 1) * stride + span - side);
    return [Math.floor(total / 2), Math.ceil(total / 2)] as const;
  });
  return [ends[0]![0], ends[1]![0], ends[0]![1], ends[1]![1]];
}
