import { readFile } from 'node:fs/promises';
import { surfaceNames } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import {
  largestReach,
  loadScene,
  type Range,
  type Scene,
  type SceneJson,
  sceneFromJson,
  sceneWith,
} from '@kanrecon/scene';
import type { OptionValues } from '../cli/define-command.js';
import { describeWrongValue } from '../cli/option-types.js';
import { suggestName } from '../cli/suggest-name.js';
import { UserError } from '../cli/user-error.js';
import { patternFlags, sceneOptions } from './scene-options.js';

type Changes = NonNullable<SceneJson['changes']>;

const radians = ([min, max]: Range): Range => [(min * Math.PI) / 180, (max * Math.PI) / 180];
/** Half of a sensor of 36 mm over the focal length: the longest lens has the smallest angle. */
const tanHalfFov = ([shortest, longest]: Range): Range => [18 / longest, 18 / shortest];

/**
 * The scene that the command line describes.
 *
 * @throws UserError when a name is not known or a file cannot be used
 */
export async function sceneFromFlags(flags: OptionValues<typeof sceneOptions>): Promise<Scene> {
  const file = flags.options === undefined ? {} : await readOptions(flags.options);
  const changes = merged(file, changesOf(flags, file.light?.azimuth));
  const surface = flags.surface === undefined ? undefined : await surfaceOf(flags.surface);
  const json: SceneJson = { name: flags.scene, surface, changes };
  try {
    // The file first, so that what is wrong in it is said of it.
    if (flags.options !== undefined) sceneFromJson({ name: flags.scene, changes: file });
  } catch (cause) {
    throw new UserError(`${flags.options}: ${withoutCaller((cause as Error).message)}.`, { cause });
  }
  let scene: Scene;
  try {
    scene = await loadScene(json);
  } catch (cause) {
    throw new UserError(
      `${typeof surface === 'object' ? `${flags.surface}: ` : ''}${withoutCaller((cause as Error).message)}.`,
      { cause },
    );
  }
  refuseCameraInside(scene);
  return scene;
}

/** @throws UserError if a camera at a fixed distance stands where the largest object is */
function refuseCameraInside(scene: Scene): void {
  const { placement } = scene.camera;
  if (placement === 'fitted') return;
  const reach = largestReach(scene.surface);
  if (placement.distance > reach) return;
  const fixed = sceneWith(scene, { camera: { placement: 'fixed' } }).camera.placement;
  const whole = fixed === 'fitted' ? '' : ` (${fixed.distance})`;
  throw new UserError(
    `a camera at the distance ${placement.distance} stands inside the largest objects, which reach ${Math.ceil(100 * reach) / 100} from their middle; give --camera a greater distance, or fixed, which shows every object whole${whole}.`,
  );
}

/** @param azimuth what the file says; without it a tilted sun stands to any side */
function changesOf(flags: OptionValues<typeof sceneOptions>, azimuth: Range = [0, 2 * Math.PI]): Changes {
  const { pattern, focal, color, background, ambient, occluders, blur, noise, jpeg } = flags;
  if (pattern !== undefined && !patternFlags.some((name) => name === pattern)) {
    throw new UserError(describeWrongValue('pattern', sceneOptions.pattern, pattern));
  }
  const tilt = flags['light-tilt'];
  const strength = flags['light-strength'];
  const camera = defined({ placement: placementOf(flags.camera), tanHalfFov: focal && tanHalfFov(focal) });
  const light = defined({
    tilt: tilt && radians(tilt),
    azimuth: tilt && azimuth,
    strength,
    ambient,
  });
  return defined({
    camera,
    pattern: pattern as Changes['pattern'],
    baseColor: color,
    light,
    background,
    effects: defined({ occluders, blur, noise, jpeg }),
  });
}

function placementOf(camera: string | undefined): NonNullable<Changes['camera']>['placement'] {
  if (camera === undefined || camera === 'fitted' || camera === 'fixed') return camera;
  const distance = Number(camera);
  if (distance > 0 && Number.isFinite(distance)) return { distance };
  throw new UserError(describeWrongValue('camera', sceneOptions.camera, camera));
}

async function surfaceOf(surface: string): Promise<SceneJson['surface']> {
  if (!surface.endsWith('.json')) {
    const names = surfaceNames();
    if (names.includes(surface)) return surface;
    const near = suggestName(surface, names);
    const hint = near ? `; did you mean "${near}"?` : '.';
    throw new UserError(`--surface takes ${sceneOptions.surface.expected}, but got "${surface}"${hint}`);
  }
  return (await readJson(surface)) as SceneJson['surface'];
}

async function readOptions(path: string): Promise<Changes> {
  const content = (await readJson(path)) as Record<string, unknown>;
  if ('surface' in content) {
    throw new UserError(`${path}: it cannot hold a surface; give it by --surface.`);
  }
  return content;
}

async function readJson(path: string): Promise<object> {
  const text = await readFile(path, 'utf8');
  let content: unknown;
  try {
    // Some editors put a byte-order mark before a text, which JSON does not know.
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError(`${path}: this is not valid JSON: ${(cause as Error).message}.`, { cause });
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new UserError(`${path}: expected a JSON object, got ${JSON.stringify(content)}.`);
}

/** Flags over file, group by group. */
function merged(file: Changes, flags: Changes): Changes {
  const groups = Object.fromEntries(
    (['camera', 'light', 'effects'] as const).map((name) => [name, { ...file[name], ...flags[name] }]),
  );
  return { ...file, ...flags, ...groups };
}

function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}
