// Refines fresh images in a browser's worker, as refine-browser.bench.mjs asks.
import { refineFresh } from './refine-fresh.mjs';

self.onmessage = async ({ data: { scene, numbers } }) => {
  self.postMessage(await refineFresh(scene, numbers));
};
