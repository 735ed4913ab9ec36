import type { DatasetRenderer } from '@kanrecon/dataset/node';
import { checkOptions } from '@kanrecon/geometry';
import { blenderDefaults } from './blender-renderer.js';
import { blenderVersion } from './blender-version.js';
import { type BlenderSynthesisOptions, synthesisNames, synthesizeWithBlender } from './synthesize-with-blender.js';

/**
 * An installed Blender as the renderer of `synthesizeDataset`.
 *
 * @throws if `samples` is not a positive whole number; `settings` and `synthesize` throw BlenderError if Blender does not work
 */
export function blenderDatasetRenderer(options: BlenderSynthesisOptions = {}): DatasetRenderer {
  checkOptions('blenderDatasetRenderer', options, synthesisNames);
  const { path = blenderDefaults.path, samples = blenderDefaults.samples } = options;
  if (!Number.isInteger(samples) || samples < 1) {
    throw new Error(`blenderDatasetRenderer: samples must be a positive whole number, got ${samples}`);
  }
  return {
    async settings(signal) {
      return { name: 'blender', version: await blenderVersion(path, signal), engine: 'cycles', samples };
    },
    synthesize: (tasks, lanes, signal, onResult) => synthesizeWithBlender(tasks, lanes, options, signal, onResult),
  };
}
