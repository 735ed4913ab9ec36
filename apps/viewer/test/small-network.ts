import type { NetworkKind } from '../src/worker/network-kind.js';

/** What the shipped networks are made of. */
export const smallNetwork: NetworkKind = {
  ...{ backbone: 'smallCnn', imageSize: 64, mean: 0.485, std: 0.229 },
  fit: { filter: 'lanczos', padding: 'letterbox', background: [197, 197, 197] },
  ...{ head: 'mlp', widths: [], camera: true, intervals: true },
};
