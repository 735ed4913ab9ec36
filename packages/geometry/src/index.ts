export { type AlignMeshOptions, alignMesh, type MeshAlignment } from './align-mesh.js';
export { type ChamferDistance, type ChamferOptions, chamferDistance } from './chamfer-distance.js';
export { defineSurface, type SurfaceDefinition, type SurfaceParameterDefinition } from './define-surface.js';
export { directedHausdorff } from './directed-hausdorff.js';
export type { DistanceOptions } from './distance-options.js';
export { type FScore, fScore } from './f-score.js';
export { createFlutedColumn, type FlutedColumnOptions, flutedColumn } from './fluted-column.js';
export { hausdorff } from './hausdorff.js';
export { isClosedSurface } from './is-closed-surface.js';
export { isWatertight } from './is-watertight.js';
export type { Mesh } from './mesh.js';
export { meshArea } from './mesh-area.js';
export { meshVolume } from './mesh-volume.js';
export { nearestDistances } from './nearest-distances.js';
export { type NormalConsistency, type NormalConsistencyOptions, normalConsistency } from './normal-consistency.js';
export { parameterRecord, parameterVector } from './parameter-vector.js';
export type {
  ParameterRecord,
  ParametricSurface,
  SurfaceBounds,
  SurfaceDomain,
  SurfaceParameter,
  WritableVector,
} from './parametric-surface.js';
export { denormalizeParameters, normalizeParameters } from './scale-parameters.js';
export { spiralCylinder } from './spiral-cylinder.js';
export { superellipsoid } from './superellipsoid.js';
export { surfaceArea } from './surface-area.js';
export { surfaceBounds } from './surface-bounds.js';
export { surfaceDistances } from './surface-distances.js';
export { SurfaceError, surfacePointError } from './surface-error.js';
export type { Formula, FormulaSurfaceDefinition } from './surface-from-formulas.js';
export { type SurfaceHausdorff, type SurfaceHausdorffOptions, surfaceHausdorff } from './surface-hausdorff.js';
export { surfaceNormal } from './surface-normal.js';
export { surfaceNormals } from './surface-normals.js';
export { type ProfilePoint, type SurfaceOfRevolutionOptions, surfaceOfRevolution } from './surface-of-revolution.js';
export { surfaceByName, surfaceNames } from './surface-registry.js';
export { type TessellateOptions, tessellate } from './tessellate.js';
export { torusPair } from './torus-pair.js';
export { vase } from './vase.js';
export { vertexAreas } from './vertex-areas.js';
export { vertexNormals } from './vertex-normals.js';
export { type VolumeIoU, type VolumeIoUOptions, volumeIoU } from './volume-iou.js';
