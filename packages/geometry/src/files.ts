export type { MeshFileOptions } from './files/mesh-file-options.js';
export { writeGlb } from './files/write-glb.js';
export { writeObj } from './files/write-obj.js';
export { writeStl } from './files/write-stl.js';
