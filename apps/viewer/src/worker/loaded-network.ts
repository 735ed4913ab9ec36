import type { PretrainedModel } from '@kanrecon/pretrained';
import type { ModelName } from './protocol.js';

/** A model that is loaded. */
export interface LoadedNetwork extends Omit<PretrainedModel, 'card'> {
  readonly name: ModelName;
  /** What its images cannot tell, in sentences. */
  readonly limits: readonly string[];
}
