import { afterEach, describe, expect, it, vi } from 'vitest';
import { datasetCheckCommand } from '../commands/dataset-check.js';
import { datasetDownloadCommand } from '../commands/dataset-download.js';
import { datasetImportCommand } from '../commands/dataset-import.js';
import { predictCommand } from '../commands/predict.js';
import { trainCommand } from '../commands/train.js';
import type { CommandSpec } from './define-command.js';
import { runCli } from './run-cli.js';

const commands: CommandSpec[] = [
  datasetImportCommand,
  datasetDownloadCommand,
  datasetCheckCommand,
  trainCommand,
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

const all = 'the commands are dataset import, dataset download, dataset check, train, predict';

describe('runCli', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['', `no command given; ${all} (see "kanrecon --help").`],
    ['-epochs 5', `no command given before "-epochs"; ${all} (see "kanrecon --help").`],
    ['-x', `no command given before "-x"; ${all} (see "kanrecon --help").`],
    ['--', `no command given before "--"; ${all} (see "kanrecon --help").`],
    ['trian', 'there is no command "trian"; did you mean "train"?'],
    ['help trian', 'there is no command "trian"; did you mean "train"?'],
    ['train -epochs 5', 'train has no flag -epochs; did you mean --epochs?'],
    ['train -x', 'train has no flag -x; see "kanrecon train --help" for its flags.'],
    ['train --version', 'train has no flag --version; see "kanrecon train --help" for its flags.'],
    ['train --out --resume', '--out needs a value: a folder; if "--resume" is meant, write --out=--resume.'],
    ['train --head fastr', /^--head takes one of fourier, .*, but got "fastr"; did you mean "fast"\?$/],
    ['train --augment miror', /^--augment takes one of none, .*, but got "miror"; did you mean "mirror"\?$/],
    ['train -- data', 'train takes no arguments, but got "data" as well.'],
    ['dataset', 'dataset needs one of import, download, check after it (see "kanrecon dataset --help").'],
    ['dataset --', 'dataset needs one of import, download, check after it (see "kanrecon dataset --help").'],
    ['dataset chek', 'there is no command "dataset chek"; did you mean "dataset check"?'],
    ['dataset xylophone', 'there is no command "dataset xylophone"; dataset has import, download, check.'],
    ['predict run --', /^predict needs <image\.\.\.>; usage: kanrecon predict <run> <image\.\.\.> \[options\], for/],
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
    ['help', /\$ kanrecon <command> \[options\]\n/],
    ['--help', /\$ kanrecon <command> \[options\]\n/],
    ['-h', /\$ kanrecon <command> \[options\]\n/],
    ['help train', /\$ kanrecon train --out <dir> \[options\]\n/],
    ['train --help', /\$ kanrecon train --out <dir> \[options\]\n/],
    ['train -h', /\$ kanrecon train --out <dir> \[options\]\n/],
    ['help dataset check', /\$ kanrecon dataset check <dir> \[options\]\n/],
    ['dataset -h', /\$ kanrecon dataset <command> \[options\]\n/],
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
    ['--json', 'no-command'],
    ['trian --json', 'unknown-command'],
    ['train -epochs 5 --json=true', 'unknown-flag'],
  ])('"%s" prints the mistake with its code as JSON, too', async (line, mistake) => {
    const { code, stdout, stderr } = await run(line);
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error).toEqual({ message: expect.any(String), exit_code: 2, code: mistake });
    expect(stderr).toBe(`[error] ${error.message}\n`);
  });
});
