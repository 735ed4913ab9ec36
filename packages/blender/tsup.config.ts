import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: {
    node: 'src/node.ts',
  },
});
