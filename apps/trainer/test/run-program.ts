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
 * @param interruptAfter sends SIGINT as soon as this text has appeared on stdout
 * @param environment added to this process's own
 */
export function runProgram(
  args: string[],
  cwd: string,
  interruptAfter?: string,
  environment?: Record<string, string>,
): Promise<ProgramResult> {
  const env = { ...process.env, KANRECON_TFJS_NODE: '', DEBUG: '', ...environment };
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const result: ProgramResult = { code: null, stdout: '', stderr: '' };
  let interrupted = false;
  child.stderr.on('data', (data) => {
    result.stderr += data;
  });
  child.stdout.on('data', (data) => {
    result.stdout += data;
    if (!interruptAfter || interrupted || !result.stdout.includes(interruptAfter)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}
