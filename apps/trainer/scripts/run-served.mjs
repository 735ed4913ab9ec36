import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process grows with every network that it loads. */
const linesPerProcess = 60;

/**
 * Runs command lines of the built program in a process of its own, which is killed and started anew when one takes too long.
 *
 * @returns `run(args)`: code, stdout, stderr; `hung` if it was killed. `close()` when all is done
 */
export function serveProgram(cwd, timeLimit) {
  let server;
  let left = 0;
  const close = () => {
    server?.kill('SIGKILL');
    server = undefined;
  };
  const run = async (args) => {
    if (left-- === 0 || !server) {
      close();
      left = linesPerProcess - 1;
      const execArgv = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
      server = fork(fileURLToPath(new URL('./program-server.mjs', import.meta.url)), { execArgv, stdio: 'ignore' });
    }
    return new Promise((resolve) => {
      const child = server;
      const done = (result) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(result);
      };
      const timer = setTimeout(() => {
        close();
        done({ hung: true, code: undefined, stdout: '', stderr: '' });
      }, timeLimit);
      child.once('message', (result) => done({ hung: false, ...result }));
      child.once('exit', (code, signal) => {
        server = undefined;
        done({ hung: false, code: undefined, stdout: '', stderr: `the process ended: ${code ?? signal}` });
      });
      child.send({ args, cwd });
    });
  };
  return { run, close };
}

/** What is wrong with how the program ended: undefined if it did its work, or told a mistake in a sentence with exit code 2. */
export function complaint({ hung, code, stdout, stderr }) {
  const told = stderr.split('\n').find((line) => line.startsWith('[error]')) ?? stderr.trim().split('\n').at(-1);
  if (hung) return 'it hung';
  if (
    /looks like a bug|^\s+at |undefined|\[object|Cannot read|is not (a function|iterable)|valibot|Expected .* but received/m.test(
      stderr,
    )
  ) {
    return `unclear: ${told}`;
  }
  if (/\bNaN\b|\bInfinity\b/.test(stdout)) return `no number: ${/.*(NaN|Infinity).*/.exec(stdout)[0]}`;
  if (code === 0) return undefined;
  if (code !== 2) return `exit code ${code}: ${told}`;
  return /^\[(error|warn)\] \S/m.test(stderr) ? undefined : `nothing said: ${stderr}`;
}
