export type { MeshFileOptions } from './mesh-file-options.js';
export { writeGlb } from './write-glb.js';
export { writeObj } from './write-obj.js';
export { writeStl } from './write-stl.js';
