import { packageConfig } from '../../tsup.base.js';

export default packageConfig({ entry: ['src/index.ts', 'src/files.ts', 'src/formulas.ts', 'src/names.ts'] });
