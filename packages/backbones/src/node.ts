// With a folder of the file system to keep what is fetched; everything else is in the package's main entry.
export { type CreatePretrainedOptions, createPretrained } from './node/create-pretrained.js';
export { type FetchPretrainedOptions, fetchPretrained } from './node/fetch-pretrained.js';
export { weightsCacheFolder } from './node/weights-cache-folder.js';
