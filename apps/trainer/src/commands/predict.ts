import { backendChoices } from '../backends/backend-choices.js';
import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { choice, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { meshFormats } from '../prediction/mesh-formats.js';
import { showTraining } from '../ui/show-training.js';

/** `kanrecon predict`: parameters, mesh and rendering for single images. */
export const predictCommand = defineCommand({
  name: 'predict',
  args: '<run> <image...>',
  needs: '--out <dir>',
  about: 'Rebuild the objects in images (PNG, JPEG, WebP of any size): parameters, mesh, rendering',
  options: {
    out: text({ about: 'Folder for the results', value: 'dir', default: undefined }),
    format: choice({ about: 'Mesh file', of: meshFormats, default: 'glb' }),
    camera: text({
      about: 'Label file whose camera the renderings use (default: the label beside the image, or one from above)',
      value: 'label.json',
      default: undefined,
    }),
    checkpoint: choice({ about: 'Which checkpoint of the run', of: ['best', 'last'], default: 'best' }),
    backend: choice({ about: 'What computes (see "kanrecon backends")', of: backendChoices, default: 'auto' }),
  },
  examples: [
    'kanrecon predict runs/demo photo.jpg --out reconstruction',
    'kanrecon predict runs/demo dataset/sample/test/images/*.png --out reconstructions --format stl',
  ],
  async run({ args: [run, ...images], options, ui, signal }) {
    const { out, format, camera, checkpoint, backend } = options;
    if (!out) throw new UserError('predict needs --out, the folder for the results, for example --out reconstruction.');
    const { chooseBackend, findModel, loadModel } = await import('@kanrecon/training/node');
    // Before a backend is chosen, which may take a while.
    await findModel(run!, checkpoint);
    const { readLabel } = await import('../prediction/find-label.js');
    const { reconstructImages } = await import('../prediction/reconstruct-images.js');
    await chooseBackend(backend, showTraining(ui), signal);
    const { reconstructor, scene } = await loadModel(run!, checkpoint);
    const label = camera ? await readLabel(camera, scene.surface) : undefined;
    const { done, failed } = await reconstructImages(
      images,
      { reconstructor, scene, out, format, camera: label },
      ui,
      signal,
    );
    for (const { path, json } of done) {
      const { parameters, outside_range: outside } = json;
      const values = Object.entries(parameters).map(
        ([name, value]) => `${name} ${value.toFixed(3)}${outside.includes(name) ? ' (clipped)' : ''}`,
      );
      ui.say(`${path}: ${values.join(', ')}`);
    }
    for (const { message } of failed) ui.warn(message);
    if (done.length > 0)
      ui.say(`\nWritten to ${out}: parameters (.json), mesh (.${format}) and rendering (.png) of each.`);
    return {
      json: { out, reconstructions: done.map(({ json }) => json), failed },
      exitCode: failed.length > 0 ? exitCodes.userMistake : 0,
    };
  },
});
