import type { PretrainedModel } from '@kanrecon/pretrained';
import type { ModelName } from '../state/model-name.js';

/** A model that is loaded: a shipped one, one that lies beside the page, or one of this browser's own. */
export interface LoadedNetwork extends Omit<PretrainedModel, 'card'> {
  readonly name: ModelName;
  /** What it cannot do, in sentences. */
  readonly limits: readonly string[];
  /** Of one that lies beside the page: its folder there. */
  readonly served?: string;
}
