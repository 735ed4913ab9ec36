import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../trainer/test/run-program.js';

const program = fileURLToPath(new URL('../../trainer/bin/kanrecon.js', import.meta.url));

/** Trains a tiny network with a head of that kind, by the program. @returns its run's folder */
export async function trainRun(folder: string, head: string): Promise<string> {
  const size = ['--backbone', 'small', '--image-size', '32', '--widths', '4', '--epochs', '1'];
  const images = ['--stream', 'study', '--epoch-images', '16', '--val-images', '16', '--batch-size', '16'];
  const run = `my ${head}`;
  const { code, stderr } = await runProgram(
    ['train', '--head', head, ...size, ...images, '--workers', '1', '--backend', 'wasm', '--out', run],
    folder,
  );
  if (code !== 0) throw new Error(stderr);
  return `${folder}/${run}`;
}

/** Draws a small data set and trains and evaluates a tiny network on it for each head, by the program. @returns their folders */
export async function evaluatedRuns(folder: string, heads: readonly string[]): Promise<readonly string[]> {
  const program = async (words: string) => {
    const { code, stderr } = await runProgram(words.split(' '), folder);
    if (code !== 0) throw new Error(stderr);
  };
  // A tenth is for tests: of fewer than ten shapes there are no intervals.
  await program('synth --out data --scene observable --shapes 120 --views 1 --size 32 --workers 1');
  const size = '--backbone small --image-size 32 --widths 4 --epochs 3 --workers 1 --backend wasm';
  for (const head of heads) {
    await program(`train --dataset data --head ${head} ${size} --out ${head}`);
    await program(`evaluate ${head} --dataset data --no-distances --backend wasm`);
  }
  return heads.map((head) => `${folder}/${head}`);
}

/** Trains a tiny network on a small data set and evaluates it with distances, and refines some of its answers, by the program. @returns its run's folder */
export async function refinedRun(folder: string): Promise<string> {
  for (const words of [
    'synth --out data --scene study --shapes 60 --views 1 --size 32 --workers 1',
    'train --dataset data --backbone small --image-size 32 --widths 4 --epochs 1 --workers 1 --backend wasm --out run',
    'evaluate run --dataset data --refine --refine-images 4 --refine-budget 300 --backend wasm',
  ]) {
    const { code, stderr } = await runProgram(words.split(' '), folder);
    if (code !== 0) throw new Error(stderr);
  }
  return `${folder}/run`;
}

/** The page as `kanrecon viewer` serves it with runs. */
export async function serveRuns(runs: readonly string[]): Promise<{ url: string; close(): void }> {
  const child = spawn(process.execPath, [program, 'viewer', ...runs], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    child.stdout.on('data', (part) => {
      said += part;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', () => reject(new Error(`it ended: ${said}`)));
  });
  return { url, close: () => void child.kill('SIGINT') };
}
