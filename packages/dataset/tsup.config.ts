import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    // Started as a worker thread by synthesizeDataset, beside which it must lie.
    'synthesis-worker': 'src/node/synthesis-worker.ts',
    // And this one by checkDataset.
    'check-worker': 'src/node/check/check-worker.ts',
    // Likewise by openImageStream.
    'stream-worker': 'src/node/stream-worker.ts',
  },
});
