import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pnpm } from '../../scripts/pnpm.mjs';
import { type Command, commandsOf, wordsOf } from './commands.js';
import { documents, filesBelow, root } from './documents.js';
import { reduceCommand } from './reduce-command.js';
import { makeScratch, type Scratch } from './scratch.js';

/** Commands that do not run here, by how they begin, and why. What they name (scripts, files, packages, flags) is looked for all the same. */
const notRun: { begins: string; because: string }[] = [
  { begins: 'git clone ', because: 'it fetches what is being tested' },
  { begins: 'cd kanrecon', because: 'goes with it' },
  {
    begins: 'npm install ',
    because: 'nothing of ours is published; check:packages installs all packages in an empty project',
  },
  { begins: 'npm run setup', because: 'it has run: these are the built packages' },
  { begins: 'npm test', because: 'this is it' },
  { begins: 'npm run demo', because: 'apps/trainer/test/demo.test.ts runs a small one' },
  { begins: 'npm run lint', because: 'CI runs it' },
  { begins: 'npm run check:', because: 'CI runs it' },
  { begins: 'npm run docs', because: 'CI runs it' },
  { begins: 'npm run format', because: 'it changes files of the clone' },
  { begins: 'npm run changeset', because: 'it asks questions' },
  { begins: 'npm run bench:', because: 'minutes; its figures are in benchmarks/results' },
  { begins: 'npm run example:', because: 'examples/examples.test.mjs runs them' },
  { begins: 'npx vitest run ', because: 'these are tests' },
  { begins: 'node ', because: 'it writes files of the clone, or measures times' },
  { begins: 'bash scripts/install-tfjs-node.sh ', because: 'it downloads 0.9 GB; CI runs it' },
  { begins: 'export KANRECON_TFJS_NODE=', because: 'a setting for the commands behind it' },
  {
    begins: 'npm run viewer',
    because: 'it serves until it is stopped; apps/trainer/test/viewer.test.ts starts the program',
  },
  { begins: 'npx kanrecon viewer', because: 'likewise' },
  { begins: 'kanrecon viewer', because: 'likewise' },
  {
    begins: 'kanrecon train --pretrained imagenet',
    because: 'it fetches the published weights; apps/trainer/test/pretrained.test.ts does so from a server of its own',
  },
  { begins: 'npx kanrecon demo', because: 'apps/trainer/test/demo.test.ts runs a small one' },
  { begins: 'npx kanrecon backends --try node-gpu', because: 'it needs a graphics card' },
  { begins: 'npx kanrecon backends --try webgpu', because: 'it needs a graphics card' },
  {
    begins: 'kanrecon dataset check photos',
    because:
      'it finds what is wrong with images of one path a pixel; check-dataset.test.ts of packages/dataset takes better ones',
  },
  { begins: 'VK_ICD_FILENAMES=', because: 'it needs the package webgpu, which nothing here installs' },
];

/** Commands that are run by CI alone. */
const onlyInCi: { begins: string; because: string }[] = [
  { begins: 'npm run pnpm -- ', because: 'it packs everything, 20 seconds' },
  { begins: 'npx kanrecon backends --try node', because: 'it needs the native backend' },
];
const needsBlender = (text: string) => /--renderer blender|--compare/.test(text);

const commands = documents().flatMap(commandsOf);
const isListed = (list: typeof notRun, { text }: Command) => list.some(({ begins }) => `${text} `.startsWith(begins));
/** `…`, `N` or `<dir>`: a pattern for commands, not one. */
const isPattern = ({ text }: Command) => /…|\b[A-Z]\b|<(?!archive>)|\*/.test(text);
/** What follows the program's name; undefined for other programs. */
const ofKanrecon = ({ text }: Command) => /^(?:[A-Z_]+=\S+ )?(?:npx )?kanrecon (.*)$/.exec(text)?.[1];
/** Whether a command stands further up, too. */
const isRepeated = (command: Command) =>
  commands.find((other) => ofKanrecon(other) === ofKanrecon(command)) !== command;
/** Whether a word is the program's, not an argument: `kanrecon dataset check` only names a command. */
const isArgument = (word: string) =>
  !/^(?:synth|identify|train|evaluate|models|predict|dataset|import|import-checkpoint|export|download|check|demo)$/.test(
    word,
  );

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let scratch: Scratch;
beforeAll(() => {
  scratch = makeScratch();
});
afterAll(() => scratch.remove());

const title = ({ document, line, text }: Command) => `${document}, line ${line}: ${text}`;
const table = (list: readonly Command[]) => list.map((command) => [title(command), command] as const);
const manifest = (path: string) => JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));

describe('commands of the program run as printed, made small by the rules of reduceCommand', () => {
  const wanted = commands.filter((command) => {
    const words = ofKanrecon(command);
    if (words === undefined || isListed(notRun, command) || isPattern(command)) return false;
    if (!command.inBlock && !wordsOf(words).some(isArgument)) return false;
    // These do the same wherever they run.
    if (/^(?:backends|identify)\b(?!.*--out)/.test(words) && isRepeated(command)) return false;
    return process.env['CI'] || !(isListed(onlyInCi, command) || needsBlender(command.text));
  });
  it('there are some', () => expect(wanted.length).toBeGreaterThan(20));
  it.each(table(wanted))('%s', (_, command) => {
    const words = reduceCommand(wordsOf(ofKanrecon(command)!));
    const { status, output } = scratch.kanrecon(words, scratch.folderOf(command.document));
    expect({ words, status, output: status === 0 ? '' : output }).toEqual({ words, status: 0, output: '' });
  });
});

describe('every command of the program is there, with every flag', () => {
  const helps = new Map<string, string>();
  const helpOf = (command: string) => {
    const known = helps.get(command) ?? scratch.kanrecon([...command.split(' '), '--help'], root).output;
    helps.set(command, known);
    return known;
  };
  it.each(table(commands.filter((command) => ofKanrecon(command) !== undefined)))('%s', (_, command) => {
    const [first, second] = wordsOf(ofKanrecon(command)!);
    const name = first === 'dataset' ? `dataset ${second}` : first === 'help' ? second! : first!;
    const help = helpOf(name);
    expect(help).toMatch(new RegExp(`^Usage: kanrecon ${name}\\b`));
    for (const [flag] of command.text.split(' -- ')[0]!.matchAll(/--[a-z][a-z-]*/g)) expect(help).toContain(flag);
  });

  it('npx kanrecon finds it in the clone', () => {
    expect(existsSync(join(root, 'node_modules', '.bin', 'kanrecon'))).toBe(true);
  });
});

describe('every npm script is there, and what it starts', () => {
  const { scripts } = manifest('.');
  it.each(table(commands.filter(({ text }) => /^npm run /.test(text))))('%s', (_, { text }) => {
    const name = wordsOf(text)[2]!;
    expect(Object.keys(scripts)).toContain(name);
    for (const [, file] of scripts[name].matchAll(/node ([\w./-]+\.m?js)/g))
      expect(existsSync(join(root, file!))).toBe(true);
  });

  const runnable = commands.filter((command) => command.text.startsWith('npm run pnpm -- ') && process.env['CI']);
  it.runIf(runnable.length > 0).each(table(runnable))('%s', (_, command) => {
    const folder = scratch.folderOf(command.document);
    const words = wordsOf(command.text.replaceAll('$PWD', folder)).slice(4);
    const { status, stderr } = pnpm(words, { stdio: 'pipe' });
    expect({ status, stderr: status === 0 ? '' : String(stderr) }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'packed')).length).toBe(19);
  });
});

describe('every file that is started is there, and is a program', () => {
  const started = commands.flatMap((command) => {
    const file = /^(?:node|bash) ([\w./-]+)/.exec(command.text)?.[1];
    return file ? [[title(command), command, file] as const] : [];
  });
  it.each(started)('%s', (_, { document }, file) => {
    // From the clone's root, or the folder of the package that the document is of.
    const path = [root, join(root, dirname(document))].map((folder) => join(folder, file)).find(existsSync);
    expect(path).toBeDefined();
    const check = file.endsWith('.sh') ? ['bash', '-n', path!] : [process.execPath, '--check', path!];
    expect(spawnSync(check[0]!, check.slice(1)).status).toBe(0);
  });
});

describe('every choice of tests finds some', () => {
  const tests = ['.test.ts', '.test.mjs'].flatMap((ending) =>
    filesBelow(['apps', 'examples', 'packages', 'scripts', 'tests'], ending),
  );
  const chosen = commands.flatMap((command) => {
    const part = /^(?:npm test|npx vitest run) (\S+)/.exec(command.text)?.[1];
    return part ? [[title(command), part] as const] : [];
  });
  it.each(chosen)('%s', (_, part) => expect(tests.some((path) => path.includes(part))).toBe(true));
});

describe('every package that is to be installed is ours or one that we use, of the version that we use', () => {
  const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  const own = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`));
  const manifests = own.map(manifest);
  const peers = Object.assign({}, ...manifests.map(({ peerDependencies }) => peerDependencies ?? {}));
  const installs = commands.filter(({ text }) => text.startsWith('npm install '));
  it.each(table(installs))('%s', (_, { text }) => {
    const words = wordsOf(text).slice(2);
    const names = words.filter(
      (word, i) => !word.startsWith('--') && words[i - 1] !== '--prefix' && !word.endsWith('.tgz'),
    );
    for (const word of names) {
      const [, name, version] = /^(@?[^@]+)(?:@(.+))?$/.exec(word)!;
      if (manifests.some((other) => other.name === name)) continue;
      const used = new RegExp(`^  "?${name}"?: (.+)$`, 'm').exec(catalog)?.[1] ?? peers[name!];
      // Dawn's binding is of no catalog: what docs/backends.md says of it is not tried here.
      if (name === 'webgpu') continue;
      expect(used, `${name} is used nowhere`).toBeDefined();
      if (version) expect(version).toBe(used);
    }
  });
});

it('every command is run or on the list', () => {
  const open = commands.filter(
    (command) =>
      ofKanrecon(command) === undefined &&
      !isListed(notRun, command) &&
      !isListed(onlyInCi, command) &&
      !(isPattern(command) && !command.inBlock),
  );
  expect(open.map(title)).toEqual([]);
});

it.each([...notRun, ...onlyInCi])('the list of exceptions is of commands that are there: $begins', (entry) => {
  expect(commands.some((command) => isListed([entry], command))).toBe(true);
});
