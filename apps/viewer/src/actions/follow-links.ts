import { parseLink } from '../state/link.js';
import { mode, models } from '../state/store.js';
import { loadModels } from './load-models.js';
import { openSurfaceLink } from './open-surface-link.js';
import { report } from './report.js';
import { openLink } from './start.js';

/** Opens the object of a link that is entered or clicked while the page is open: the address changes, and nothing is loaded. */
export function followLinks(): void {
  addEventListener('hashchange', () => void follow().catch(report));
}

async function follow(): Promise<void> {
  if (await openSurfaceLink(location.hash)) return;
  await loadModels();
  const link = parseLink(location.hash, models.value);
  if (!link) return;
  mode.value = 'image';
  await openLink(link);
}
