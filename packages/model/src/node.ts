export {
  CheckpointError,
  type CheckpointErrorCode,
} from './checkpoint/checkpoint-error.js';
export { loadReconstructor } from './node/load-reconstructor.js';
export { saveReconstructor } from './node/save-reconstructor.js';
