import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    index: 'src/index.ts',
    names: 'src/names.ts',
    node: 'src/node.ts',
    report: 'src/report.ts',
    // Started as worker threads by ParallelStepRunner, beside which it must lie.
    'replica-worker': 'src/node/workers/replica-worker.ts',
    // And this one as a process of its own by tryBackend.
    'backend-trial': 'src/node/backends/backend-trial.ts',
  },
});
