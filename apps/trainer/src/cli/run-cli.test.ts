import { TrainingError } from '@kanrecon/training/names';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { datasetCheckCommand } from '../commands/dataset-check.js';
import { datasetDownloadCommand } from '../commands/dataset-download.js';
import { datasetImportCommand } from '../commands/dataset-import.js';
import { predictCommand } from '../commands/predict.js';
import { trainCommand } from '../commands/train.js';
import type { CommandSpec } from './define-command.js';
import { runCli } from './run-cli.js';

/** What `train` ends with. */
let failure: Error;

const commands: CommandSpec[] = [
  datasetImportCommand,
  datasetDownloadCommand,
  datasetCheckCommand,
  {
    ...trainCommand,
    run: async () => {
      throw failure;
    },
  },
  { ...predictCommand, run: async ({ args, options }) => ({ json: { args, out: options['out'] } }) },
];

/** Exit code and all that is said, as a terminal shows it. */
async function run(line: string) {
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation(((text: string, done?: () => void) => {
      said[stream] += text;
      done?.();
      return true;
    }) as never);
  }
  const code = await runCli(line.split(' ').filter(Boolean), commands, '1.2.3');
  vi.restoreAllMocks();
  return { code, ...said };
}

const all = 'kanrecon needs one of dataset, train, predict, help after it (see "kanrecon --help").';
const group = 'kanrecon dataset needs one of import, download, check after it (see "kanrecon dataset --help").';

describe('runCli', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['', all],
    ['--', all],
    ['-epochs 5', `unknown option '-epochs' (flags follow the command; see "kanrecon --help").`],
    ['-x', `unknown option '-x' (flags follow the command; see "kanrecon --help").`],
    ['trian', "unknown command 'trian' (Did you mean train?)."],
    ['help trian', "unknown command 'trian' (Did you mean train?)."],
    ['train -epochs 5', "unknown option '-epochs' (Did you mean --epochs?)."],
    ['train --dataset d --out r -epochs 5', "unknown option '-epochs' (Did you mean --epochs?)."],
    ['train --dataset d --out r --epochs 1 -- --seed 5', /^too many arguments for 'train'.*: --seed 5\.$/],
    ['train -x', `unknown option '-x' (see "kanrecon train --help").`],
    ['train --version', `unknown option '--version' (see "kanrecon train --help").`],
    ['train --no-resume', `unknown option '--no-resume' (see "kanrecon train --help").`],
    ['train --imageSize 64', "unknown option '--imageSize' (Did you mean --image-size?)."],
    ['train --epochs 1 --epochs 2', '--epochs can be given only once.'],
    ['train --out --resume', '--out needs a value: a folder; if "--resume" is meant, write --out=--resume.'],
    ['train --head fastr', /^--head takes one of fourier, .*, but got "fastr"; did you mean "fast"\?$/],
    ['train --augment miror', /^--augment takes one of none, .*, but got "miror"; did you mean "mirror"\?$/],
    ['train -- data', "too many arguments for 'train'. Expected 0 arguments but got 1: data."],
    ['dataset', group],
    ['dataset --', group],
    ['dataset chek', "unknown command 'chek' (Did you mean check?)."],
    ['dataset xylophone', `unknown command 'xylophone' (see "kanrecon dataset --help").`],
    ['predict --', "missing required argument 'image'; usage: kanrecon predict <image...> --out <dir> [options]."],
  ])('"%s" ends with 2 and one sentence on stderr', async (line, sentence) => {
    const { code, stdout, stderr } = await run(line);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\[error\] .*\n$/);
    const said = stderr.slice('[error] '.length).trimEnd();
    if (typeof sentence === 'string') expect(said).toBe(sentence);
    else expect(said).toMatch(sentence);
  });

  it.each([
    ['help', /^Usage: kanrecon \[options\] \[command\]\n/],
    ['--help', /^Usage: kanrecon \[options\] \[command\]\n/],
    ['-h', /^Usage: kanrecon \[options\] \[command\]\n/],
    ['help train', /^Usage: kanrecon train --out <dir> \[options\]\n/],
    ['train --help', /^Usage: kanrecon train --out <dir> \[options\]\n/],
    ['train -h', /^Usage: kanrecon train --out <dir> \[options\]\n/],
    ['help dataset check', /^Usage: kanrecon dataset check <dir> \[options\]\n/],
    ['dataset -h', /^Usage: kanrecon dataset \[options\] \[command\]\n/],
    ['--version', /^kanrecon\/1\.2\.3 \S+ node-v\S+\n$/],
  ])('"%s" ends with 0 and prints it on stdout', async (line, text) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(text);
  });

  it('takes words after -- for arguments, --json too', async () => {
    const strange = await run('predict run --json --out there -- --strange.png -x --json');
    expect(strange.code).toBe(0);
    expect(JSON.parse(strange.stdout)).toEqual({ args: ['run', '--strange.png', '-x', '--json'], out: 'there' });
    expect(await run('predict run -- --json')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await run('trian -- --json')).toMatchObject({ code: 2, stdout: '' });
  });

  it.each([
    ['--json', 'unknown-flag'],
    ['trian --json', 'unknown-command'],
    ['train -epochs 5 --json', 'unknown-flag'],
    ['train --out --json', 'missing-value'],
  ])('"%s" prints the mistake with its code as JSON, too', async (line, mistake) => {
    const { code, stdout, stderr } = await run(line);
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error).toEqual({ message: expect.any(String), exit_code: 2, code: mistake });
    expect(stderr).toBe(`[error] ${error.message}\n`);
  });

  it.each([
    [new TrainingError('run-exists', { path: 'r', parts: [] }, 'said'), 2, 'run-exists'],
    [new TrainingError('worker-failed', { epoch: 1, step: 2, reason: 'x' }, 'said'), 1, 'worker-failed'],
    [Object.assign(new Error('said'), { code: 'ENOSPC' }), 2, 'ENOSPC'],
    [new Error('said'), 1, undefined],
  ])('an error of a package, %s, is printed with its code, too', async (thrown, exitCode, mistake) => {
    failure = thrown;
    const { code, stdout } = await run('train --out r --json');
    expect(code).toBe(exitCode);
    const { error } = JSON.parse(stdout);
    expect([error.exit_code, error.code]).toEqual([exitCode, mistake]);
  });
});
