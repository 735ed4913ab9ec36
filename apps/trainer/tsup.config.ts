import { cp } from 'node:fs/promises';
import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    // Started as a worker thread by measureDistances, beside which it must lie.
    'distance-worker': 'src/evaluation/distance-worker.ts',
    // Likewise by refineImages and by predictionPool.
    'refine-worker': 'src/evaluation/refine-worker.ts',
    'prediction-worker': 'src/prediction/prediction-worker.ts',
  },
  // The page of `kanrecon viewer` travels in this package: it is no library, and would be of no use by itself in a registry.
  async onSuccess() {
    await cp(new URL('../viewer/dist', import.meta.url), new URL('dist/viewer', import.meta.url), { recursive: true });
  },
});
