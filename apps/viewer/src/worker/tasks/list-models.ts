import { loadNetworks } from '../load-networks.js';
import { modelInfo } from '../model-info.js';
import type { ModelInfo } from '../protocol.js';

/** The networks that come with the page or lie beside it, as the page needs to know them. */
export async function listModels(): Promise<readonly ModelInfo[]> {
  return (await loadNetworks()).map(modelInfo);
}
