import { loadNetworks } from '../load-networks.js';
import { modelInfo } from '../model-info.js';
import type { ModelInfo } from '../protocol.js';

/** The shipped networks, as the page needs to know them. */
export async function listModels(): Promise<readonly ModelInfo[]> {
  return (await loadNetworks()).map(modelInfo);
}
