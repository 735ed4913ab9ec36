export type { Mesh } from './mesh.js';
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
export { type TessellateOptions, tessellate } from './tessellate.js';
