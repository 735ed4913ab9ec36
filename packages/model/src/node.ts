export { CheckpointError } from './checkpoint-error.js';
export { loadReconstructor } from './load-reconstructor.js';
export { saveReconstructor } from './save-reconstructor.js';
