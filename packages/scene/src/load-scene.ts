import type { Scene } from './scene.js';
import { type SceneJson, sceneFromJson } from './scene-json.js';

/**
 * The scene that JSON describes, as {@link sceneFromJson}; formulas are loaded when they are needed.
 *
 * @throws if something about it is wrong, or its surface is made of formulas and the package "mathjs" is not installed
 */
export async function loadScene(json: SceneJson): Promise<Scene> {
  if (typeof json.surface !== 'object') return sceneFromJson(json);
  return sceneFromJson(json, { surfaceFromFormulas: await formulas() });
}

async function formulas(): Promise<typeof import('@kanrecon/geometry/formulas')['surfaceFromFormulas']> {
  try {
    return (await import('@kanrecon/geometry/formulas')).surfaceFromFormulas;
  } catch (cause) {
    throw new Error(
      `loadScene: a surface of formulas needs the package "mathjs", which cannot be loaded (${(cause as Error).message.split('\n')[0]}); install it with "npm install mathjs"`,
      { cause },
    );
  }
}
