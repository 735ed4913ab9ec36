import { backendChoices } from '../backends/backend-choices.js';
import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { choice, flag, integer, seed, text } from '../cli/option-types.js';
import { demoSettings } from '../demo/demo-settings.js';
import { demoTrainCommand } from '../demo/demo-train-command.js';
import { alignColumns } from '../ui/align-columns.js';

/** `kanrecon demo`: from nothing to a trained network and a report page. */
export const demoCommand = defineCommand({
  name: 'demo',
  about: 'Render a data set, train, evaluate, rebuild objects and write a report, all in minutes',
  options: {
    out: text({ about: 'Folder of everything it makes', value: 'dir', default: 'runs/demo' }),
    shapes: integer({
      about: 'Different objects in the data set',
      min: 10,
      max: 1_000_000,
      default: demoSettings.shapes,
    }),
    'image-size': integer({
      about: 'Pixels the network sees',
      min: 32,
      max: 1024,
      default: demoSettings.experiment.model.imageSize ?? 64,
    }),
    epochs: integer({
      about: 'Times through the training images',
      min: 1,
      default: demoSettings.experiment.budget.epochs,
    }),
    'refine-images': integer({
      about: 'Test images whose answers are refined by rendering (0 for none)',
      max: 1_000_000,
      default: 40,
    }),
    backend: choice({ about: 'What computes (see "kanrecon backends")', of: backendChoices, default: 'auto' }),
    seed: seed({ about: 'Seed of data and training' }),
    fresh: flag({ about: 'Start over instead of keeping what an earlier demo made' }),
  },
  examples: ['kanrecon demo', 'kanrecon demo --fresh --seed 2 --out runs/demo-2'],
  makesFiles: true,
  goesOn: () => true,
  async run({ options, ui, signal }) {
    const { out, shapes, epochs, seed, backend, fresh } = options;
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    refuseOutFolder(out, 'run');
    const { runDemo } = await import('../demo/run-demo.js');
    const { evaluationJson } = await import('../evaluation/evaluation-json.js');
    const { combinationsTable, metricsTable } = await import('../evaluation/metrics-table.js');
    const { metricsRows } = await import('@kanrecon/training/report');
    const { distancesTable } = await import('../evaluation/distances-table.js');
    const { describeGain, refinedTables } = await import('../evaluation/refined-tables.js');
    const settings = {
      ...demoSettings,
      shapes,
      experiment: {
        ...demoSettings.experiment,
        model: { ...demoSettings.experiment.model, imageSize: options['image-size'] },
        budget: { epochs },
      },
    };
    const { finished, report, training, test, sample } = await runDemo({
      out,
      settings,
      seed,
      backend,
      refineImages: options['refine-images'],
      fresh,
      ui,
      signal,
    });
    if (!finished || !test) {
      ui.say('Stopped and saved; the same command goes on from here.');
      return { json: { finished, training }, exitCode: exitCodes.interrupted };
    }
    ui.say(`\n${metricsTable(metricsRows(test.scores, test.bestPossible, test.intervals))}`);
    const combinations = combinationsTable(test.scores.combinations);
    if (combinations) ui.say(`\n${combinations}`);
    if (test.distances) ui.say(`\n${distancesTable(test.distances)}`);
    if (test.refined) {
      ui.say(`\n${refinedTables(test.refined)}`);
      ui.say(`\n${describeGain(test.refined)}`);
    }
    ui.say(`\nReport: ${report} (open it in a browser)\n`);
    ui.say('Try next:');
    const next: [command: string, about: string][] = [
      [`npx kanrecon predict ${out} <your image> --out reconstruction`, 'parameters, mesh and rendering'],
      ['npx kanrecon backends', 'what else this machine can compute on'],
    ];
    if (sample)
      next.splice(1, 0, [`npx kanrecon evaluate ${out} --dataset dataset/sample`, 'score on the sample images']);
    for (const line of alignColumns(next)) ui.say(`  ${line}`);
    ui.say('The same training with a plain MLP head, to compare:');
    ui.say(`  npx ${demoTrainCommand(settings, { dataset: `${out}/data`, out: 'runs/mlp', head: 'mlp', seed })}`);
    const json = {
      finished,
      report,
      training,
      test: evaluationJson(test),
      sample: sample ? evaluationJson(sample) : null,
    };
    return { json };
  },
});
