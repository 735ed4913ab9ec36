import type { HeadConfig } from '../network/reconstructor-config.js';
import { gaussianEstimate } from './gaussian-estimate.js';
import type { HeadSpec } from './head-spec.js';
import { headByName } from './head-table.js';

/** The head that a configuration asks for: its layers by kind, its outputs by what they are to say. */
export function headOfConfig({ type, uncertainty }: Pick<HeadConfig, 'type' | 'uncertainty'>): HeadSpec {
  const spec = headByName(type);
  return uncertainty === 'gaussian' ? { ...spec, ...gaussianEstimate } : spec;
}
