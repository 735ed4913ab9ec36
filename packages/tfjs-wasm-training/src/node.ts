export { type BatchShare, DataParallel, type DataParallelOptions } from './node/data-parallel.js';
export type { CreateReplica, Replica, ReplicaPlace, ShareResult } from './node/replica.js';
export { ReplicaError } from './node/replica-error.js';
export { serveReplica } from './node/serve-replica.js';
export { type BatchRange, splitBatch } from './node/split-batch.js';
export { startDataParallel } from './node/start-data-parallel.js';
