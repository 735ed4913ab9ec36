export { checkOptions, type OptionNames } from './check-options.js';
export { type AlignMeshOptions, alignMesh, type MeshAlignment } from './distances/align-mesh.js';
export { type ChamferDistance, type ChamferOptions, chamferDistance } from './distances/chamfer-distance.js';
export { directedHausdorff } from './distances/directed-hausdorff.js';
export type { DistanceOptions } from './distances/distance-options.js';
export { type FScore, fScore } from './distances/f-score.js';
export { hausdorff } from './distances/hausdorff.js';
export { nearestDistances } from './distances/nearest-distances.js';
export {
  type NormalConsistency,
  type NormalConsistencyOptions,
  normalConsistency,
} from './distances/normal-consistency.js';
export { surfaceDistances } from './distances/surface-distances.js';
export {
  type SurfaceHausdorff,
  type SurfaceHausdorffOptions,
  surfaceHausdorff,
} from './distances/surface-hausdorff.js';
export { type VolumeIoU, type VolumeIoUOptions, volumeIoU } from './distances/volume-iou.js';
export { isWatertight } from './mesh/is-watertight.js';
export type { Mesh } from './mesh/mesh.js';
export { meshArea } from './mesh/mesh-area.js';
export { meshVolume } from './mesh/mesh-volume.js';
export { removeUnreferencedVertices } from './mesh/remove-unreferenced-vertices.js';
export { vertexAreas } from './mesh/vertex-areas.js';
export { vertexNormals } from './mesh/vertex-normals.js';
export { createFlutedColumn, type FlutedColumnOptions, flutedColumn } from './surfaces/built-in/fluted-column.js';
export { spiralCylinder } from './surfaces/built-in/spiral-cylinder.js';
export { superellipsoid } from './surfaces/built-in/superellipsoid.js';
export { torusPair } from './surfaces/built-in/torus-pair.js';
export { vase } from './surfaces/built-in/vase.js';
export { defineSurface, type SurfaceDefinition, type SurfaceParameterDefinition } from './surfaces/define-surface.js';
export type { Formula, FormulaSurfaceDefinition } from './surfaces/formula-surface-definition.js';
export { isClosedSurface } from './surfaces/is-closed-surface.js';
export { parameterRecord, parameterVector } from './surfaces/parameter-vector.js';
export type {
  ParameterRecord,
  ParametricSurface,
  SurfaceBounds,
  SurfaceDomain,
  WritableVector,
} from './surfaces/parametric-surface.js';
export { denormalizeParameters, normalizeParameters } from './surfaces/scale-parameters.js';
export { surfaceArea } from './surfaces/surface-area.js';
export { surfaceBounds } from './surfaces/surface-bounds.js';
export { SurfaceError, surfacePointError } from './surfaces/surface-error.js';
export { surfaceNormal } from './surfaces/surface-normal.js';
export { surfaceNormals } from './surfaces/surface-normals.js';
export {
  type ProfilePoint,
  type SurfaceOfRevolutionOptions,
  surfaceOfRevolution,
} from './surfaces/surface-of-revolution.js';
export type { SurfaceParameter } from './surfaces/surface-parameter.js';
export { surfaceByName, surfaceNames } from './surfaces/surface-registry.js';
export { type TessellateOptions, tessellate } from './surfaces/tessellate.js';
