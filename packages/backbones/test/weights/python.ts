import { spawnSync } from 'node:child_process';

/** Debian's Python, which has torch where python3-torch is installed; or another one, such as a virtual environment's. */
const PYTHON = process.env['KANRECON_PYTHON'] ?? '/usr/bin/python3';

/** Runs a program of Python's. @returns what it prints */
export function python(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, ['-c', program, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`python: ${error?.message ?? stderr}`);
  return stdout;
}

/** Whether Python has these modules; says in a sentence where it has not. */
export function pythonHas(...modules: string[]): boolean {
  const missing = modules.filter((name) => spawnSync(PYTHON, ['-c', `import ${name}`]).status !== 0);
  if (missing.length > 0) {
    process.stderr.write(
      `Skipped. ${PYTHON} has no ${missing.join(', ')}: what it writes and reads is not compared.\n`,
    );
  }
  return missing.length === 0;
}
