// The built program in a process that serves many command lines, one after the other: what a message asks, it runs, and answers how that
// ended. Starting Node.js anew for each would take most of the time.
import { main } from '../dist/cli.js';

const { exit } = process;

process.on('message', async ({ args, cwd }) => {
  process.chdir(cwd);
  const result = { code: undefined, stdout: '', stderr: '' };
  const writes = ['stdout', 'stderr'].map((name) => [name, process[name].write]);
  for (const [name] of writes) {
    process[name].write = (text, ...rest) => {
      result[name] += text;
      rest.findLast((each) => typeof each === 'function')?.();
      return true;
    };
  }
  process.exit = (code) => {
    result.code ??= code;
  };
  try {
    await main(args);
  } catch (error) {
    result.stderr += `thrown: ${error?.stack ?? error}`;
  }
  process.exit = exit;
  for (const [name, write] of writes) process[name].write = write;
  process.send(result);
});
