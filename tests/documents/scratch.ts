import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { studyCheckpoint } from '../study-checkpoint.js';
import { temporaryFolder } from '../temporary-folder.js';
import { root } from './documents.js';

/** The program in this clone, built: what `npx kanrecon` starts. */
const program = join(root, 'apps', 'trainer', 'bin', 'kanrecon.js');

/** How a process ended. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A folder outside of the clone in which documents' commands and snippets run, each document in one of its own. */
export interface Scratch {
  /** A document's own folder, made when it is asked for the first time. */
  folderOf(document: string): string;
  node(args: readonly string[], folder: string): Ended;
  kanrecon(args: readonly string[], folder: string): Ended;
  remove(): void;
}

/**
 * What documents take for granted is there: packages as if installed, a small run `runs/demo` of a small data set `data`, images to
 * predict from, the repository's sample, an archive, a checkpoint of PyTorch's.
 */
export function makeScratch(): Scratch {
  const folder = realpathSync(temporaryFolder());
  linkPackages(join(folder, 'node_modules'));
  const node = (args: readonly string[], cwd: string): Ended => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 300_000 });
    return { status, output: `${stdout}${stderr}` };
  };
  const kanrecon = (args: readonly string[], cwd: string) => node([program, ...args], cwd);
  const must = ({ status, output }: Ended) => {
    if (status !== 0) throw new Error(`makeScratch: what documents need cannot be made: ${output}`);
  };

  const model = join(folder, 'model');
  mkdirSync(model);
  must(kanrecon('synth --out data --shapes 30 --views 1 --size 32 --seed 1'.split(' '), model));
  must(kanrecon('train --dataset data --out runs/demo --backbone small --image-size 32 --epochs 1'.split(' '), model));
  const sample = join(root, 'dataset', 'sample', 'test', 'images');
  const image = join(sample, readdirSync(sample).sort()[0]!);
  for (const name of ['photo.png', '--strange.png']) copyFileSync(image, join(model, name));
  const convert = "import sharp from 'sharp'; await sharp('photo.png').toFile('photo.jpg');";
  must(node(['--input-type=module', '-e', convert], model));
  mkdirSync(join(model, 'photos'));
  copyFileSync(join(model, 'photo.png'), join(model, 'photos', 'one.png'));
  writeFileSync(join(model, 'weights.pt'), studyCheckpoint());
  spawnSync('tar', ['-cf', 'archive.tar', 'data'], { cwd: model });

  return {
    folderOf(document) {
      const own = join(folder, document.replaceAll(/[^\w.-]+/g, '_'));
      if (existsSync(own)) return own;
      mkdirSync(own);
      cpSync(join(model, 'runs'), join(own, 'runs'), { recursive: true });
      for (const name of ['photo.png', 'photo.jpg', '--strange.png', 'archive.tar', 'weights.pt']) {
        copyFileSync(join(model, name), join(own, name));
      }
      cpSync(join(model, 'photos'), join(own, 'photos'), { recursive: true });
      mkdirSync(join(own, 'dataset'));
      cpSync(join(root, 'dataset', 'sample'), join(own, 'dataset', 'sample'), { recursive: true });
      return own;
    },
    node,
    kanrecon,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Links to all packages of the workspace and to what they were installed with; to the native backend where there is one. */
function linkPackages(modules: string): void {
  const link = (name: string, target: string) => {
    const path = join(modules, name);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) symlinkSync(realpathSync(target), path);
  };
  const scopes = (folder: string) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => !name.startsWith('.'))
          .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((n) => `${name}/${n}`) : name))
      : [];
  for (const group of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, group))) {
      const path = join(root, group, name);
      link(group === 'apps' ? 'kanrecon' : `@kanrecon/${name}`, path);
      for (const other of scopes(join(path, 'node_modules'))) {
        if (!other.startsWith('@kanrecon/')) link(other, join(path, 'node_modules', other));
      }
    }
  }
  const native = process.env['KANRECON_TFJS_NODE'];
  const name = '@tensorflow/tfjs-node';
  if (native && existsSync(join(native, 'node_modules', name))) link(name, join(native, 'node_modules', name));
}
