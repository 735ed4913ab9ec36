import type { CommandSpec } from './cli/define-command.js';
import { programVersion } from './cli/package-folder.js';
import { runCli } from './cli/run-cli.js';
import { surviveClosedOutput } from './cli/survive-closed-output.js';
import { backendsCommand } from './commands/backends.js';
import { datasetCheckCommand } from './commands/dataset-check.js';
import { datasetDownloadCommand } from './commands/dataset-download.js';
import { datasetImportCommand } from './commands/dataset-import.js';
import { demoCommand } from './commands/demo.js';
import { evaluateCommand } from './commands/evaluate.js';
import { exportCommand } from './commands/export.js';
import { identifyCommand } from './commands/identify.js';
import { importCheckpointCommand } from './commands/import-checkpoint.js';
import { modelsCommand } from './commands/models.js';
import { predictCommand } from './commands/predict.js';
import { synthCommand } from './commands/synth.js';
import { trainCommand } from './commands/train.js';
import { viewerCommand } from './commands/viewer.js';

/** Every command of the program. */
export const commands: readonly CommandSpec[] = [
  demoCommand,
  synthCommand,
  identifyCommand,
  datasetImportCommand,
  datasetDownloadCommand,
  datasetCheckCommand,
  trainCommand,
  evaluateCommand,
  predictCommand,
  viewerCommand,
  modelsCommand,
  importCheckpointCommand,
  exportCommand,
  backendsCommand,
];

/** The whole program: runs the command line and leaves with its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const given = commands.find(({ name }) => name.split(' ').every((word, i) => word === argv[i]));
  surviveClosedOutput(given?.makesFiles ?? false);
  const exitCode = await runCli(argv, commands, programVersion());
  // A failed write of the last lines reports itself in the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  // Backends may hold threads open (WASM's pool, native libraries): the work is done, so leave.
  process.exit(exitCode);
}
