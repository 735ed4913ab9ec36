import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type PretrainedError, pretrainedBackbones, type WeightsName, weightsNames } from '@kanrecon/backbones';
import { fetchPretrained } from '@kanrecon/backbones/node';
import { fileErrorFacts } from '@kanrecon/files/node';
import { withoutCaller } from '@kanrecon/image';
import { reconstructorDefaults } from '@kanrecon/model';
import type { BackboneWeights, ExperimentOptions } from '@kanrecon/training';
import { backboneFlagNames, backboneFlags } from '../cli/model-flags.js';
import { UserError } from '../cli/user-error.js';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';
import type { PretrainedFlags } from './pretrained-options.js';

type Backbone = NonNullable<ExperimentOptions['model']['backbone']>;
type NamedFlags = PretrainedFlags & { readonly pretrained: string };

/**
 * The weights that `--pretrained` names: those of a file, or published ones, which the function that is given fetches if they were not
 * fetched before.
 *
 * @throws UserError in one sentence if they cannot be had; so does that function
 */
export async function openPretrained(
  flags: NamedFlags,
  { model }: Pick<ExperimentOptions, 'model'>,
  ui: Ui,
  signal: AbortSignal,
): Promise<BackboneWeights | (() => Promise<BackboneWeights>)> {
  const { pretrained } = flags;
  const backbone: Backbone = model.backbone ?? reconstructorDefaults.backbone;
  if (!pretrainedBackbones.includes(backbone)) {
    const flags = backboneFlagNames.filter((flag) => pretrainedBackbones.includes(backboneFlags[flag])).join(', ');
    throw new UserError(
      `--pretrained: there are no weights of the small CNN from elsewhere; give another --backbone (${flags}), or --init-from to begin from a network that was trained here.`,
      { code: 'contradicting-flags' },
    );
  }
  const published = weightsNames.find((name) => name === pretrained);
  if (published === undefined) return readOwn(pretrained);
  return () => fetchPublished(backbone, published, flags, ui, signal);
}

async function fetchPublished(
  backbone: Backbone,
  published: WeightsName,
  { pretrained, offline, 'weights-url': baseUrl }: NamedFlags,
  ui: Ui,
  signal: AbortSignal,
): Promise<BackboneWeights> {
  let progress: Progress | undefined;
  try {
    const file = await fetchPretrained(backbone, {
      weights: published,
      offline,
      ...(baseUrl !== undefined && { baseUrl }),
      signal,
      onRetry: (reason) => ui.note(`Once more: ${reason}.`),
      onWait: () => ui.note('Another process is downloading the weights; waiting for it.'),
      onProgress(done, total) {
        const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
        const unit = 'MB';
        progress ??= ui.progress({
          label: 'Downloading weights',
          total: megabytes(total),
          initial: megabytes(done),
          unit,
        });
        progress.update(megabytes(done));
      },
    });
    progress?.stop();
    const { name, weights, verified, cached } = file;
    const checked = {
      sha256: 'checksum is right',
      'sha256-prefix': 'beginning of its checksum is right',
      none: 'no checksum of it is known',
    };
    ui.note(
      `${name} (${weights.publisher}, ${weights.license}): ${cached ? 'from the cache' : 'downloaded'}, ${checked[verified]}.`,
    );
    return file;
  } catch (error) {
    progress?.stop();
    throw explain(pretrained, error);
  }
}

async function readOwn(path: string): Promise<BackboneWeights> {
  const expected = `expected ${weightsNames.join(', ')} or a file (.safetensors, .pt, .pth)`;
  try {
    if ((await stat(path)).isDirectory()) {
      throw new UserError(
        `--pretrained ${path} is a folder; ${expected}; --init-from begins from a run or a model that was trained here.`,
      );
    }
    return { name: basename(path), path, bytes: await readFile(path) };
  } catch (error) {
    const facts = fileErrorFacts(error);
    if (facts?.code === 'ENOENT')
      throw new UserError(`--pretrained ${path}: there is no such file; ${expected}.`, { code: facts.code });
    throw error;
  }
}

function explain(pretrained: string, error: unknown): unknown {
  // By its name: several copies of a package have each their own.
  if (!(error instanceof Error) || error.name !== 'PretrainedError') return error;
  const { code, message } = error as PretrainedError;
  const advice = code === 'unreachable' ? '; what has come is kept, the same command goes on' : '';
  const said = withoutCaller(message).replace(
    'fetch it once without offline',
    'give the command once without --offline',
  );
  return new UserError(`--pretrained ${pretrained}: ${said}${advice}.`, { code, cause: error });
}
