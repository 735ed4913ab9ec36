export { type Reconstruction, type ReconstructOptions, reconstruct } from './reconstruct.js';
