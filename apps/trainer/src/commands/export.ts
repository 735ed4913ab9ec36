import { defineCommand } from '../cli/define-command.js';
import { choice, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { exportFormats } from '../models/export-formats.js';
import { showTraining } from '../ui/show-training.js';

/** `kanrecon export`: a trained network as a file that other programs read. */
export const exportCommand = defineCommand({
  name: 'export',
  args: '<network>',
  needs: '--out <path>',
  about:
    'Write a trained network (a run, the folder or address of a model, or the name of a shipped model) as a file that other programs read, in single precision: ONNX for onnxruntime, safetensors for PyTorch and import-checkpoint, a layers model for TensorFlow.js. What its numbers mean stands in the file',
  options: {
    format: choice({
      about: 'onnx (opset 13) and safetensors are one file, tfjs is a folder',
      of: exportFormats,
      default: 'onnx',
    }),
    out: text({
      about: 'File to make, for tfjs a folder; nothing that is there is replaced',
      value: 'path',
      default: undefined,
    }),
    checkpoint: choice({ about: 'Which checkpoint of a run', of: ['best', 'last'], default: 'best' }),
  },
  examples: [
    'kanrecon export runs/demo --out demo.onnx',
    'kanrecon export observable --format safetensors --out observable.safetensors',
    'kanrecon export study --format tfjs --out web/study',
  ],
  makesFiles: true,
  async run({ args: [word], options, given, ui, signal }) {
    const { out, format, checkpoint } = options;
    if (!out) throw new UserError('export needs --out, the file to make, for example --out network.onnx.');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    const { refuseExportPath } = await import('../models/refuse-export-path.js');
    refuseExportPath(out, format);
    refuseOutFolder(out, 'export');
    const { chooseBackend, loadNetwork } = await import('@kanrecon/training/node');
    const { namedNetwork } = await import('../prediction/named-network.js');
    const { exportNetwork } = await import('../models/export-network.js');
    const { place, note, shipped } = await namedNetwork(word!, checkpoint, given.has('checkpoint'));
    // Nothing is computed: weights are written down.
    await chooseBackend('cpu', showTraining(ui), signal);
    if (note) ui.note(note);
    const reconstructor = await loadNetwork(place, checkpoint);
    const made = await exportNetwork(reconstructor, { format, out, ...(shipped && { licence: 'MIT' }) });
    ui.say(`${made.name}: ${made.parameters.toLocaleString('en-US')} numbers in single precision, written to ${out}`);
    ui.say(`\n${made.use}`);
    const { name, bytes, files } = made;
    return { json: { name, format, out, bytes, files } };
  },
});
