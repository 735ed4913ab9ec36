import { backendChoices } from '../backends/backend-choices.js';
import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { choice, flag, integer, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { imageFormats } from '../prediction/image-formats.js';
import { knownOption } from '../prediction/known-option.js';
import { meshFormats } from '../prediction/mesh-formats.js';
import { showTraining } from '../ui/show-training.js';

/** `kanrecon predict`: parameters, mesh and rendering for single images. */
export const predictCommand = defineCommand({
  name: 'predict',
  args: '<image...>',
  needs: '--out <dir>',
  about: `Rebuild the objects in images of any size (${imageFormats}): parameters with intervals, mesh, rendering. The network's answer is refined: renderings are fitted to the image. An image is a file, a folder of them with all folders in it, an address file:///…, or - for standard input. The network is --model, or the first word where that is a run's or a model's folder, file or address; otherwise the shipped model that fits the images best`,
  options: {
    model: text({
      about:
        "The network: a run, the folder, zip file or address of a model, a checkpoint of the study's (.pt), or the name of a shipped model, such as observable",
      value: 'network',
      default: undefined,
    }),
    out: text({
      about: 'Folder for the results; no file of yours in it is replaced',
      value: 'dir',
      default: undefined,
    }),
    format: choice({ about: 'Mesh file', of: meshFormats, default: 'glb' }),
    'mesh-steps': integer({
      about: 'Steps of the mesh along u and v; the study takes 200',
      min: 3,
      max: 2000,
      default: 100,
    }),
    'rendering-size': integer({
      about: 'Width and height of the renderings in pixels',
      min: 16,
      max: 4096,
      default: 256,
    }),
    'no-mesh': flag({ about: 'Write no meshes' }),
    'no-refine': flag({ about: "Leave it at the network's numbers, without intervals of their own" }),
    'refine-budget': integer({
      about: 'Renderings that are fitted to an image at most, about; twice as many where the network is far off',
      min: 100,
      max: 100_000,
      default: 2000,
    }),
    known: knownOption({
      about:
        'What is known of the object: a parameter, camera_x, camera_y, camera_z in degrees, or camera_distance; may be given again',
    }),
    camera: text({
      about:
        'Label file whose camera is known to be that of the images (default: the camera is found; with --no-refine: the label beside the image, what the network found, or one from above)',
      value: 'label.json',
      default: undefined,
    }),
    checkpoint: choice({ about: 'Which checkpoint of a run', of: ['best', 'last'], default: 'best' }),
    backend: choice({ about: 'What computes (see "kanrecon backends")', of: backendChoices, default: 'auto' }),
  },
  examples: [
    'kanrecon predict photo.jpg --out reconstruction',
    'kanrecon predict photo.jpg --model observable --out reconstruction',
    'kanrecon predict runs/demo photo.jpg --out reconstruction',
    'kanrecon predict runs/demo dataset/sample/test/images --out reconstructions --no-mesh',
    'kanrecon predict runs/demo photo.jpg --out known --known height=2,radius=.8..1',
    'kanrecon predict runs/demo - --out reconstruction --format stl < photo.jpg',
  ],
  makesFiles: true,
  async run({ args, options, given, ui, signal }) {
    const { out, format, camera, checkpoint, backend, 'mesh-steps': steps, 'no-mesh': noMesh } = options;
    if (!out) throw new UserError('predict needs --out, the folder for the results, for example --out reconstruction.');
    const vain = noMesh && ['format', 'mesh-steps'].find((name) => given.has(name));
    if (vain) throw new UserError(`--${vain} says how meshes are written, --no-mesh that none are; give one of them.`);
    const refines = !options['no-refine'];
    const idle = !refines && ['known', 'refine-budget'].find((name) => given.has(name));
    if (idle)
      throw new UserError(`--${idle} says how objects are refined, --no-refine that none are; give one of them.`);
    const { chooseBackend, loadModel } = await import('@kanrecon/training/node');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    const { pretrainedModels } = await import('@kanrecon/pretrained/node');
    const { namedNetwork } = await import('../prediction/named-network.js');
    const { predictWords } = await import('../prediction/predict-words.js');
    const { loadShipped } = await import('../prediction/load-shipped.js');
    const { findInputs } = await import('../prediction/find-inputs.js');
    const { localPath } = await import('../prediction/local-path.js');
    const { madeHere } = await import('../prediction/made-here.js');
    const { readLabel } = await import('../prediction/find-label.js');
    const { knownOfScene } = await import('../prediction/known-of-scene.js');
    const { describePassedOver, describePredictions } = await import('../prediction/describe-predictions.js');
    const { prepareReconstructions } = await import('../prediction/reconstruct-images.js');
    // Before a backend is chosen, which may take a while.
    refuseOutFolder(out, 'results');
    const shipped = pretrainedModels.map(({ name }) => name);
    const { network, images: words } = predictWords(args, options.model, shipped);
    if (network === undefined && given.has('checkpoint')) {
      throw new UserError(
        '--checkpoint chooses between the two of a run, and no run is given; leave it out, or give --model <run>.',
      );
    }
    const named = network === undefined ? undefined : await namedNetwork(network, checkpoint, given.has('checkpoint'));
    const inputs = await findInputs(words, madeHere());
    const { passedOver } = inputs;
    if (inputs.images.length === 0) {
      const reasons = inputs.failed.map(({ message }) => message);
      if (passedOver.length > 0) reasons.push(describePassedOver(passedOver));
      throw new UserError(reasons.join('\n'));
    }
    const renderingSize = options['rendering-size'];
    const table = inputs.folder || words.length > 1;
    const mesh = noMesh ? undefined : { format, steps };
    const work = await prepareReconstructions(inputs.images, { out, mesh, renderingSize, table, refined: refines });
    let chosen = network;
    const loadNetwork = async () => {
      if (named) return loadModel(named.place, checkpoint);
      const model = await loadShipped(inputs.images, ui, signal);
      chosen = model.name;
      return model;
    };
    const load = async () => {
      await chooseBackend(backend, showTraining(ui), signal);
      if (named?.note) ui.note(named.note);
      const { reconstructor, scene } = await loadNetwork();
      const label = camera
        ? await readLabel(localPath(camera, 'a label is read from a file'), scene.surface)
        : undefined;
      if (!refines) return { reconstructor, scene, ...(label && { camera: label }) };
      const known = knownOfScene(scene, options.known, label && { cameraAngles: label.cameraAngles, from: camera! });
      return { reconstructor, scene, refine: { budget: options['refine-budget'], known } };
    };
    const { done, failed, limits } = await load()
      .then((loaded) => work.run(loaded, ui, signal))
      .finally(() => work.close());
    for (const line of describePredictions(done, limits)) ui.say(line);
    for (const { path, json } of done) if (json.warning) ui.warn(`${path}: ${json.warning}.`);
    const allFailed = [...inputs.failed, ...failed];
    for (const { message } of allFailed) ui.warn(message);
    if (passedOver.length > 0) ui.warn(describePassedOver(passedOver));
    if (done.length > 0) {
      const kinds = [
        'parameters (.json)',
        ...(noMesh ? [] : [`mesh (.${format})`]),
        'rendering (.png)',
        ...(refines ? ['rendering over the image (-overlay.png)'] : []),
      ];
      ui.say(`\nWritten to ${out}: ${kinds.join(', ')} of each${table ? '; predictions.csv of all' : ''}.`);
    }
    return {
      json: {
        out,
        network: chosen,
        reconstructions: done.map(({ json }) => json),
        failed: allFailed,
        passed_over: passedOver,
      },
      exitCode: allFailed.length > 0 ? exitCodes.userMistake : exitCodes.done,
    };
  },
});
