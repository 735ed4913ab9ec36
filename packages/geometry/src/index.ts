export { directedHausdorff } from './directed-hausdorff.js';
export { hausdorff } from './hausdorff.js';
export type { Mesh } from './mesh.js';
export { nearestDistances } from './nearest-distances.js';
export { parameterRecord, parameterVector } from './parameter-vector.js';
export type {
  ParameterRecord,
  ParametricSurface,
  SurfaceDomain,
  SurfaceParameter,
  WritableVector,
} from './parametric-surface.js';
export { denormalizeParameters, normalizeParameters } from './scale-parameters.js';
export { spiralCylinder } from './spiral-cylinder.js';
export { surfaceNormal } from './surface-normal.js';
export { surfaceByName, surfaceNames } from './surface-registry.js';
export { type TessellateOptions, tessellate } from './tessellate.js';
export { vertexNormals } from './vertex-normals.js';
