import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    download: 'src/download.ts',
    node: 'src/node.ts',
  },
});
