import { type Scene, sceneByName, sceneToJson } from '@kanrecon/scene';
import type { RefineCalibration } from './calibration.js';
import presets from './preset-calibrations.json' with { type: 'json' };

/** By name of a scene. Written by benchmarks/refine-calibration.mjs. */
const presetCalibrations: Readonly<Record<string, RefineCalibration>> = presets;

/** What was measured of a scene that comes with the package; undefined of others, also of one of its name that differs in anything. */
export function presetCalibration(scene: Scene): RefineCalibration | undefined {
  const found = Object.hasOwn(presetCalibrations, scene.name) ? presetCalibrations[scene.name] : undefined;
  return found && sameScene(scene, sceneByName(scene.name)) ? found : undefined;
}

function sameScene(one: Scene, other: Scene): boolean {
  if (one.surface !== other.surface) return false;
  return JSON.stringify(sceneToJson(one)) === JSON.stringify(sceneToJson(other));
}
