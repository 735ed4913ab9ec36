import type { DatasetPreset } from './dataset-preset.js';
import { type PresetJson, presetFromJson } from './preset-json.js';

/**
 * The preset that JSON describes, as {@link presetFromJson}; formulas are loaded when they are needed.
 *
 * @throws if something about it is wrong, or its surface is made of formulas and the package "mathjs" is not installed
 */
export async function loadPreset(json: PresetJson): Promise<DatasetPreset> {
  if (typeof json.surface !== 'object') return presetFromJson(json);
  return presetFromJson(json, { surfaceFromFormulas: await formulas() });
}

async function formulas(): Promise<typeof import('@kanrecon/geometry/formulas')['surfaceFromFormulas']> {
  try {
    return (await import('@kanrecon/geometry/formulas')).surfaceFromFormulas;
  } catch (cause) {
    throw new Error(
      `loadPreset: a surface of formulas needs the package "mathjs", which cannot be loaded (${(cause as Error).message.split('\n')[0]}); install it with "npm install mathjs"`,
      { cause },
    );
  }
}
