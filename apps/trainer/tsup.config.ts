import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    index: 'src/index.ts',
    cli: 'src/cli.ts',
    // Started as worker threads by ParallelStepRunner, beside which it must lie.
    'replica-worker': 'src/training/replica-worker.ts',
  },
});
