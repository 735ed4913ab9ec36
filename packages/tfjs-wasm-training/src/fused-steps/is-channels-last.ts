import type { ModelLayer } from '../layers-model.js';

export function isChannelsLast(layer: ModelLayer): boolean {
  return layer.getConfig().dataFormat !== 'channelsFirst';
}
