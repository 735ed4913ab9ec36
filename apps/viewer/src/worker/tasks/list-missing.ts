import { missingNetworks } from '../load-networks.js';

/** Why models that lie beside the page could not be loaded, in sentences. */
export function listMissing(): Promise<readonly string[]> {
  return missingNetworks();
}
