export type { Camera } from './camera.js';
export { type CameraAngles, cameraRotation } from './camera-rotation.js';
export { type FitCameraOptions, fitCamera } from './fit-camera.js';
export { projectPoint } from './project-point.js';
export { type RenderMeshOptions, renderMesh } from './render-mesh.js';
export { type MeshObject, type RenderMeshesOptions, type RenderOptions, renderMeshes } from './render-meshes.js';
export { type RenderSurfaceOptions, renderSurface } from './render-surface.js';
export type { Rendering, RgbImage } from './rendering.js';
export type { Vector3 } from './vector3.js';
