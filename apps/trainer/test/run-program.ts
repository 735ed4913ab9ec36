import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a run of the built program ended. */
export interface ProgramResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));

/**
 * Runs the built program as a user would, in a process of its own.
 *
 * @param interruptAfter sends SIGINT as soon as this text has appeared on stdout, or on the stream that is named
 * @param environment added to this process's own
 */
export function runProgram(
  args: string[],
  cwd: string,
  interruptAfter?: string | { stderr: string },
  environment?: Record<string, string>,
): Promise<ProgramResult> {
  const env = { ...process.env, KANRECON_TFJS_NODE: '', DEBUG: '', ...environment };
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const result: ProgramResult = { code: null, stdout: '', stderr: '' };
  let interrupted = false;
  const awaited = typeof interruptAfter === 'string' ? { stdout: interruptAfter } : interruptAfter;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (data) => {
      result[stream] += data;
      const text: string | undefined = awaited && { stdout: undefined, stderr: undefined, ...awaited }[stream];
      if (!text || interrupted || !result[stream].includes(text)) return;
      interrupted = true;
      child.kill('SIGINT');
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}
