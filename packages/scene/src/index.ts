export { cameraDistance } from './camera-distance.js';
export {
  type CameraAngleName,
  type CameraNumber,
  type CameraTarget,
  cameraAngleNames,
  cameraTargets,
  parseCameraTarget,
  type ShownCameraAngle,
} from './camera-targets/camera-target.js';
export { cameraValues } from './camera-targets/camera-values.js';
export { type FoundCamera, foundCamera } from './camera-targets/found-camera.js';
export { type DrawnShape, drawShape } from './draw-shape.js';
export { type DrawnEffects, type DrawnLight, type DrawnView, drawView, typicalView } from './draw-view.js';
export { applyEffects } from './effects/apply-effects.js';
export { JpegPlane, toFrequencies } from './effects/jpeg-plane.js';
export { type JpegSteps, jpegSteps } from './effects/jpeg-steps.js';
export { estimateBaseColor } from './estimate-base-color.js';
export { largestReach } from './fixed-distance.js';
export { loadScene } from './load-scene.js';
export { patternColors } from './pattern-colors.js';
export { randomStream } from './random-stream.js';
export { refuseUnseen } from './refuse-unseen.js';
export { type RenderBatchOptions, renderBatch, type StreamBatch } from './render-batch.js';
export { cameraOptions, lightOptions, type RenderViewOptions, renderView } from './render-view.js';
export type {
  CameraPlacement,
  CameraRanges,
  EffectRanges,
  LightRanges,
  Range,
  Scene,
} from './scene.js';
export { type SceneFromJsonOptions, type SceneJson, sceneFromJson, sceneToJson } from './scene-json.js';
export { type SceneChanges, sceneWith } from './scene-with.js';
export { type ParameterRange, sceneWithOwnRanges, sceneWithRanges } from './scene-with-ranges.js';
export { type SceneName, sceneByName, sceneNames } from './scenes.js';
export { studyLight } from './study-light.js';
