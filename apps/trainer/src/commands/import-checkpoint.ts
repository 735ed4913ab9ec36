import { defineCommand } from '../cli/define-command.js';
import { modelOption } from '../cli/model-option.js';
import { integer, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { showTraining } from '../ui/show-training.js';

/** `kanrecon import-checkpoint`: a network that PyTorch trained, as a model of this program. */
export const importCheckpointCommand = defineCommand({
  name: 'import-checkpoint',
  args: '<file>',
  needs: '--out <dir>',
  about:
    "Make a model of a checkpoint that the study's Python code wrote (.pt, .pth, .safetensors), or of a .safetensors file that export wrote",
  options: {
    out: text({ about: 'Folder to make', value: 'dir', default: undefined }),
    model: {
      ...modelOption(),
      about: "The network's name, for its dropout, which weights do not tell (default: that in the file's name)",
    },
    'image-size': integer({ about: 'Side of its images in pixels', min: 32, max: 1024, default: 224 }),
    'state-dict': text({
      about:
        'Which of several state dicts in the checkpoint: ema_state_dict, say, for the moving average of the weights',
      value: 'key',
      default: undefined,
    }),
  },
  examples: [
    'kanrecon import-checkpoint EFFNETB0_UNLOCK_DROP_FOURIER_6_CilindroSpiralato_best.pt --out models/fourier',
    'kanrecon import-checkpoint weights.pt --model SQUEEZENET_DROP4_CLASSICA_DROP_256 --out models/mlp',
  ],
  makesFiles: true,
  async run({ args: [file], options, given, ui, signal }) {
    const { out, model, 'image-size': imageSize, 'state-dict': stateDict } = options;
    if (!out)
      throw new UserError(
        'import-checkpoint needs --out, the folder for the model, for example --out models/imported.',
      );
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    refuseOutFolder(out, 'model');
    const { chooseBackend } = await import('@kanrecon/training/node');
    const { importNetwork } = await import('../models/import-network.js');
    // Nothing is computed: weights are put in their places.
    await chooseBackend('cpu', showTraining(ui), signal);
    const imported = await importNetwork({
      ...{ file: file!, out, name: model, imageSize, stateDict },
      given: ['model', 'image-size', 'state-dict'].filter((flag) => given.has(flag)),
    });
    const { name, named, config, parameters } = imported;
    ui.say(`${name}: ${parameters.total.toLocaleString('en-US')} numbers, written to ${out}`);
    if (!named && config.head.dropout === 0) {
      ui.note(
        "The file's name tells no dropout, so the model has none; --model says it, where it is to be trained on.",
      );
    }
    ui.say(
      `\nNext:\n  kanrecon predict ${out} photo.png --out predicted\n  kanrecon evaluate ${out} --dataset data --out evaluated`,
    );
    return { json: { name, out, config, parameters } };
  },
});
