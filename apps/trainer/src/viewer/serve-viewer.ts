import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../cli/package-folder.js';
import { UserError } from '../cli/user-error.js';
import { showTraining } from '../ui/show-training.js';
import type { Ui } from '../ui/ui.js';
import { modelFiles, type ServedModel } from './model-files.js';
import { openBrowser } from './open-browser.js';
import { type OtherFiles, type PageServer, servePage } from './page-server.js';
import { runFiles, type ServedRun } from './run-files.js';

/** How the page is served. */
interface ServeViewerOptions {
  /** 0 for one that is free. */
  readonly port: number;
  /** Whether it must be that one; otherwise one that is free is taken in its place. */
  readonly fixed: boolean;
  /** Whether to open it in a browser. */
  readonly open: boolean;
  /** Runs, models or addresses of such, which stand among the page's models. */
  readonly models: readonly string[];
  /** Which checkpoint of a run. */
  readonly checkpoint: 'best' | 'last';
  /** Whether that was said. */
  readonly named: boolean;
}

/** Words for why a port cannot be had. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EACCES: 'this user may not take it',
};

/**
 * Serves the page until it is told to stop.
 *
 * @returns the address that it had, and the names that the models have in it
 * @throws UserError if the page is not built, or the port cannot be had; UserError or TrainingError if there is no model in a place
 */
export async function serveViewer(options: ServeViewerOptions, ui: Ui, signal: AbortSignal) {
  const folder = join(packageFolder(), 'dist', 'viewer');
  if (!existsSync(join(folder, 'index.html'))) {
    throw new UserError(
      `The page is not there (${folder}); in a clone of the repository "npm run setup" builds it, otherwise install kanrecon again.`,
    );
  }
  const { models, runs } = await ownModels(options, ui, signal);
  const server = await serveOn(options, folder, filesOf(models, runs), ui);
  const { url } = server;
  for (const { name, from } of models) ui.say(`${from} is the model “${name}” of the page.`);
  ui.say(`The viewer is at ${url} (Ctrl-C ends it).`);
  if (options.open && !(await openBrowser(url))) ui.note('No browser could be started; open the address in yours.');
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.close();
  return { url, models: models.map(({ name, from }) => ({ name, from })) };
}

/** Serves on the port that is wanted, or if it need not be that one on one that is free. */
async function serveOn(
  { port, fixed }: ServeViewerOptions,
  folder: string,
  files: OtherFiles,
  ui: Ui,
): Promise<PageServer> {
  try {
    return await servePage(folder, port, files);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const reason = reasons[code];
    if (!reason) throw cause;
    if (fixed) {
      throw new UserError(`Port ${port} cannot be had: ${reason}; give --port 0 to take one that is free.`, {
        code,
        cause,
      });
    }
    ui.note(
      `Port ${port} cannot be had (${reason}), so the page has another address this time: models that the browser keeps for the usual one are not in it.`,
    );
    return servePage(folder, 0, files);
  }
}

function filesOf(models: readonly ServedModel[], runs: readonly ServedRun[]): OtherFiles {
  const [ofModels, ofRuns] = [modelFiles(models), runFiles(runs)];
  return { get: (path) => ofModels.get(path) ?? ofRuns.get(path) };
}

/** Reads the models that were named. Without any nothing is loaded for it. */
async function ownModels({ models, checkpoint, named }: ServeViewerOptions, ui: Ui, signal: AbortSignal) {
  if (models.length === 0) return { models: [], runs: [] };
  const { chooseBackend } = await import('@kanrecon/training/node');
  const { readModels } = await import('./read-models.js');
  // Nothing is computed: weights are read and handed on.
  await chooseBackend('cpu', showTraining(ui), signal);
  return readModels(models, checkpoint, named);
}
