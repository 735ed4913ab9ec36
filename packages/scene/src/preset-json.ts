import { type FormulaSurfaceDefinition, type ParametricSurface, surfaceByName } from '@kanrecon/geometry';
import type { DatasetPreset, Range } from './dataset-preset.js';
import { type PresetOverrides, presetWith } from './preset-with.js';
import { presetByName } from './presets.js';

/** A preset or a variant of one as plain JSON, as `synthesis.json` and run folders keep it. */
export interface PresetJson {
  /** Name of the preset that it is a variant of. */
  readonly preset: string;
  /** Name of a built-in surface, or formulas; the preset's own surface when left out. */
  readonly surface?: string | FormulaSurfaceDefinition;
  /** What differs from the preset of that name. */
  readonly overrides?: Omit<PresetOverrides, 'surface'>;
}

/** Options of {@link presetFromJson}. */
export interface PresetFromJsonOptions {
  /**
   * `surfaceFromFormulas` of `@kanrecon/geometry/formulas`, for presets with a surface of formulas. It is not imported here, as
   * it brings a parser of 115 kB along.
   */
  readonly surfaceFromFormulas?: (definition: FormulaSurfaceDefinition) => ParametricSurface;
}

/**
 * A preset as plain JSON. The plain `study` is its name alone; of all others the surface and a fixed camera's distance are
 * written down too, so that they stay what they are if a later version should change the preset.
 *
 * @throws if the preset is no variant of a known one, or its surface neither built-in nor made of formulas
 */
export function presetToJson(preset: DatasetPreset): PresetJson {
  const base = presetByName(preset.name);
  const { placement } = preset.camera;
  const camera = {
    ...differences(base.camera, preset.camera, ['x', 'y', 'z', 'tanHalfFov']),
    ...((placement !== 'fitted' || base.camera.placement !== 'fitted') && { placement }),
  };
  const light = differences(base.light, preset.light, ['tilt', 'azimuth', 'strength', 'ambient']);
  const effects = differences(base.effects, preset.effects, ['occluders', 'blur', 'noise', 'jpeg']);
  const overrides = {
    ...(isFilled(camera) && { camera }),
    ...(preset.pattern !== base.pattern && { pattern: preset.pattern }),
    ...differences(base, preset, ['baseColor', 'background']),
    ...(isFilled(light) && { light }),
    ...(isFilled(effects) && { effects }),
  };
  const surface = surfaceSource(preset.surface);
  const plain = preset.name === 'study' && surface === base.surface.name && !isFilled(overrides);
  return { preset: preset.name, ...(!plain && { surface }), ...(isFilled(overrides) && { overrides }) };
}

/**
 * The inverse of {@link presetToJson}.
 *
 * @param json from `JSON.parse`: everything about it is checked
 * @throws if the preset or surface is not known, the formulas cannot be used, or an override is wrong
 */
export function presetFromJson(json: PresetJson, options: PresetFromJsonOptions = {}): DatasetPreset {
  const base = presetByName(json.preset);
  const { surface: source, overrides = {} } = json;
  if (source === undefined) return isFilled(overrides) ? presetWith(base, overrides) : base;
  if (typeof source === 'string') {
    const surface = source === base.surface.name ? base.surface : surfaceByName(source);
    return presetWith(base, { ...overrides, surface });
  }
  if (!options.surfaceFromFormulas) {
    throw new Error(
      'presetFromJson: the surface is made of formulas; expected the option surfaceFromFormulas, from @kanrecon/geometry/formulas',
    );
  }
  return presetWith(base, { ...overrides, surface: options.surfaceFromFormulas(source) });
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
      `presetToJson: the surface "${surface.name}" cannot be written down; expected a built-in one or one of surfaceFromFormulas`,
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
