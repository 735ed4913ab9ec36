import { searchKernel } from '../../src/search/search-kernel.js';
import { distances } from '../two-surfaces.js';

Object.assign(self, { distances: () => Array.from(distances()), hasKernel: () => searchKernel(1) !== undefined });
