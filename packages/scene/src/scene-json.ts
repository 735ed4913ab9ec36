import { checkOptions, type FormulaSurfaceDefinition, type ParametricSurface, surfaceByName } from '@kanrecon/geometry';
import type { Range, Scene } from './scene.js';
import { type SceneChanges, sceneWith } from './scene-with.js';
import { sceneByName } from './scenes.js';

/** A scene or a variant of one as plain JSON, as `synthesis.json` and run folders keep it. */
export interface SceneJson {
  /** Name of the scene that it is a variant of. */
  readonly name: string;
  /** Name of a built-in surface, or formulas; the scene's own surface when left out. */
  readonly surface?: string | FormulaSurfaceDefinition;
  /** What differs from the scene of that name. */
  readonly changes?: Omit<SceneChanges, 'surface'>;
}

/** Options of {@link sceneFromJson}. */
export interface SceneFromJsonOptions {
  /**
   * `surfaceFromFormulas` of `@kanrecon/geometry/formulas`, for scenes with a surface of formulas. It is not imported here, as
   * it brings a parser of 115 kB along.
   */
  readonly surfaceFromFormulas?: (definition: FormulaSurfaceDefinition) => ParametricSurface;
}

/**
 * A scene as plain JSON. The plain `study` is its name alone; of all others the surface and a fixed camera's distance are
 * written down too, so that they stay what they are if a later version should change the scene.
 *
 * @throws if the scene is no variant of a known one, or its surface neither built-in nor made of formulas
 */
export function sceneToJson(scene: Scene): SceneJson {
  const base = sceneByName(scene.name);
  const { placement } = scene.camera;
  const camera = {
    ...differences(base.camera, scene.camera, ['x', 'y', 'z', 'tanHalfFov']),
    ...((placement !== 'fitted' || base.camera.placement !== 'fitted') && { placement }),
  };
  const light = differences(base.light, scene.light, ['tilt', 'azimuth', 'strength', 'ambient']);
  const effects = differences(base.effects, scene.effects, ['occluders', 'blur', 'noise', 'jpeg']);
  const changes = {
    ...(isFilled(camera) && { camera }),
    ...(scene.pattern !== base.pattern && { pattern: scene.pattern }),
    ...differences(base, scene, ['baseColor', 'background']),
    ...(isFilled(light) && { light }),
    ...(isFilled(effects) && { effects }),
  };
  const surface = surfaceSource(scene.surface);
  const plain = scene.name === 'study' && surface === base.surface.name && !isFilled(changes);
  return { name: scene.name, ...(!plain && { surface }), ...(isFilled(changes) && { changes }) };
}

/**
 * The inverse of {@link sceneToJson}.
 *
 * @param json from `JSON.parse`: everything about it is checked
 * @throws if the scene or surface is not known, the formulas cannot be used, or a change is wrong
 */
export function sceneFromJson(json: SceneJson, options: SceneFromJsonOptions = {}): Scene {
  checkOptions('sceneFromJson', options, { surfaceFromFormulas: 1 });
  checkOptions('sceneFromJson: the scene', json, { name: 1, surface: 1, changes: 1 });
  const base = sceneByName(json.name);
  const { surface: source, changes = {} } = json;
  if (source === undefined) return isFilled(changes) ? sceneWith(base, changes) : base;
  if (typeof source === 'string') {
    const surface = source === base.surface.name ? base.surface : surfaceByName(source);
    return sceneWith(base, { ...changes, surface });
  }
  if (!options.surfaceFromFormulas) {
    throw new Error(
      'sceneFromJson: the surface is made of formulas; expected the option surfaceFromFormulas, from @kanrecon/geometry/formulas',
    );
  }
  return sceneWith(base, { ...changes, surface: options.surfaceFromFormulas(source) });
}

function surfaceSource(surface: ParametricSurface): string | FormulaSurfaceDefinition {
  if (surface.definition) return surface.definition;
  let known: ParametricSurface | undefined;
  try {
    known = surfaceByName(surface.name);
  } catch {
    // Not built in.
  }
  if (known !== surface) {
    throw new Error(
      `sceneToJson: the surface "${surface.name}" cannot be written down; expected a built-in one or one of surfaceFromFormulas`,
    );
  }
  return surface.name;
}

function differences(base: object, variant: object, keys: readonly string[]): Record<string, Range> {
  const [from, to] = [base, variant] as Record<string, Range>[];
  return Object.fromEntries(
    keys.flatMap((key) => (JSON.stringify(from[key]) === JSON.stringify(to[key]) ? [] : [[key, to[key]]])),
  );
}

function isFilled(object: object): boolean {
  return Object.keys(object).length > 0;
}
