// For help texts and flags: the built-in surfaces alone, without meshes, distances and their kernels.
export { surfaceNames } from './surfaces/surface-registry.js';
