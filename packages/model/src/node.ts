export {
  CheckpointError,
  type CheckpointErrorCode,
  type CheckpointErrorOptions,
} from './checkpoint/checkpoint-error.js';
export { loadReconstructor } from './node/load-reconstructor.js';
export { saveReconstructor } from './node/save-reconstructor.js';
