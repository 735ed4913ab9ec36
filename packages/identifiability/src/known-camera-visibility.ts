import type { SceneName } from '@kanrecon/scene';
import type { AngleTrace, CameraAngle } from './measure-camera-angle.js';

const shown: AngleTrace = { shows: true, order: 1 };

/** What images of the built-in scenes tell of the camera's angles, as `measureCameraAngle` finds it; a test compares them. */
export const knownCameraVisibility: Readonly<Record<SceneName, Readonly<Record<CameraAngle, AngleTrace>>>> = {
  study: { x: shown, y: shown, z: { shows: false, order: 1 } },
  observable: { x: shown, y: shown, z: shown },
  fluted: { x: shown, y: shown, z: { shows: true, order: 5 } },
  // The sun stands to one side.
  robust: { x: shown, y: shown, z: shown },
};
