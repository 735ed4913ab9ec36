import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { integer, seed, text } from '../cli/option-types.js';
import { sceneOptions } from '../data/scene-options.js';

/** `kanrecon identify`: what images tell of their parameters, and what they cannot. */
export const identifyCommand = defineCommand({
  name: 'identify',
  about: 'Find out which shape parameters or combinations leave no trace in images, before anyone trains',
  options: {
    ...sceneOptions,
    draws: integer({ about: 'Random objects to look at', min: 2, max: 10_000, default: 8 }),
    size: integer({ about: 'Width and height of the images in pixels', min: 16, max: 1024, default: 64 }),
    samples: integer({ about: 'Anti-aliasing: samples along a pixel', min: 1, max: 8, default: 8 }),
    seed: seed({ about: 'Seed of the objects' }),
    out: text({ about: 'Folder for identify.json and the figure identify.svg', value: 'dir', default: undefined }),
  },
  examples: [
    'kanrecon identify --scene study',
    'kanrecon identify --scene observable --draws 20 --size 128 --out identify',
    'kanrecon identify --surface my-shell.json --camera fixed --json',
  ],
  async run({ options, ui, signal }) {
    const { draws, size, samples, seed, out } = options;
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    if (out !== undefined) refuseOutFolder(out, 'results');
    const { sceneFromFlags } = await import('../data/scene-from-flags.js');
    const { runIdentify } = await import('../identify/run-identify.js');
    const { overallScores, spectrumTable, visibilityHeading, visibilityTable } = await import(
      '../identify/visibility-table.js'
    );
    const { namingSurfaceFile } = await import('../data/naming-surface-file.js');
    const scene = await sceneFromFlags(options);
    const found = await namingSurfaceFile(options.surface, () =>
      runIdentify({ scene, draws, size, samples, seed, out, ui, signal }),
    );
    const { bestPossible: best, finer, unexplained } = found;
    ui.say(
      `\n${scene.name}, ${scene.surface.name}: ${draws} random objects, ${size} × ${size} pixels, camera ${placement(scene.camera.placement)}\n`,
    );
    for (const sentence of found.summary) ui.say(sentence);
    if (finer) {
      ui.say(`Finer settings may decide it: --draws ${finer.draws} --size ${finer.size} --samples ${finer.samples}`);
    }
    ui.say(`\n${visibilityHeading}\n`);
    ui.say(visibilityTable(found, best));
    if (best) ui.say(`\n${overallScores(best, unexplained > 0)}`);
    ui.say('\nSingular values of the Jacobian: RMS change of the image, in 1/255, for a step of one range:\n');
    ui.say(spectrumTable(found));
    if (out !== undefined) ui.say(`\nWritten to ${out}: identify.json, identify.svg`);
    return { json: found, exitCode: finer ? exitCodes.undecided : exitCodes.done };
  },
});

function placement(camera: 'fitted' | { readonly distance: number }): string {
  return camera === 'fitted' ? 'fitted to each object' : `at a distance of ${camera.distance}`;
}
