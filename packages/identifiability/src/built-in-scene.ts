import { type Scene, type SceneName, sceneByName, sceneNames, sceneToJson } from '@kanrecon/scene';

/** The name of the built-in scene that a scene is, itself or a copy of it; undefined for all others, variants too. */
export function builtInScene(scene: Scene): SceneName | undefined {
  return sceneNames.find((name) => name === scene.name && sameJson(scene, sceneByName(name)));
}

/** Whether two scenes are alike in all that images show; a surface that cannot be written down is like no other. */
function sameJson(a: Scene, b: Scene): boolean {
  const ranges = ({ surface }: Scene) =>
    JSON.stringify(surface.parameters.map(({ name, min, max }) => [name, min, max]));
  try {
    return a === b || (JSON.stringify(sceneToJson(a)) === JSON.stringify(sceneToJson(b)) && ranges(a) === ranges(b));
  } catch {
    return false;
  }
}
