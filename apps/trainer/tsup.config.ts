import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    // Started as a worker thread by measureDistances, beside which it must lie.
    'distance-worker': 'src/evaluation/distance-worker.ts',
    // Likewise by predictionPool.
    'prediction-worker': 'src/prediction/prediction-worker.ts',
  },
});
