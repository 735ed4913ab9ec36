import * as tf from '@tensorflow/tfjs-core';
import type { BackendSpec } from './backend-spec.js';
import { quietImport } from './quiet-import.js';

/** Plain JavaScript: works everywhere, slow. */
export const cpuBackend: BackendSpec = {
  name: 'cpu',
  about: 'plain JavaScript; works everywhere, slow',
  howToGet: 'it comes with the program',
  find: () => ({ usable: true, detail: 'comes with the program' }),
  async activate() {
    await quietImport(() => import('@tensorflow/tfjs-backend-cpu'));
    if (!(await tf.setBackend('cpu'))) throw new Error('the cpu backend could not be initialised');
    return 'plain JavaScript';
  },
};
