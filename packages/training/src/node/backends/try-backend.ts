import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BackendName } from './backend-names.js';
import { backendTable } from './backend-table.js';

/** How a backend did on this machine. */
export type BackendTrial =
  | { name: BackendName; usable: true; description: string; millisecondsPerImage: number }
  | { name: BackendName; usable: false; reason: string };

const timeoutSeconds = 120;

/**
 * Loads a backend in a process of its own and measures its training step there. Two native backends cannot live in one
 * process, and a broken native library must not take the program with it.
 */
export async function tryBackend(name: BackendName, signal?: AbortSignal): Promise<BackendTrial> {
  const found = backendTable[name].find();
  if (!found.usable) return { name, usable: false, reason: found.reason };
  const { stdout, stderr, code } = await runTrial(name, signal);
  const result = parseTrial(stdout);
  if (result) return result;
  const lastLine = stderr.trim().split('\n').at(-1) ?? '';
  return { name, usable: false, reason: `loading it ended with exit code ${code}${lastLine && `: ${lastLine}`}` };
}

function parseTrial(text: string): BackendTrial | undefined {
  try {
    return JSON.parse(text.slice(text.indexOf('{')));
  } catch {
    return undefined;
  }
}

// Relaxed SIMD sleeps behind a flag before Node 22; a process of our own can have it.
const nodeFlags = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

function runTrial(name: BackendName, signal?: AbortSignal) {
  const script = fileURLToPath(new URL('./backend-trial.js', import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags, script, name], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutSeconds * 1000,
    signal,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  return new Promise<{ stdout: string; stderr: string; code: number | string | null }>((resolve) => {
    child.on('error', (error) => resolve({ stdout: '', stderr: error.message, code: null }));
    child.on('close', (code, killedBy) => resolve({ stdout, stderr, code: code ?? killedBy }));
  });
}
