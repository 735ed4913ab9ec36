// Loaded before the program (NODE_OPTIONS=--import): the process is killed, as by a power cut, at its KILL_AT-th operation on files, a
// write after half of it. Without KILL_AT it says at its end how many operations there were.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const killAt = Number(process.env.KILL_AT ?? Number.POSITIVE_INFINITY);
let done = 0;

function isLast() {
  done++;
  return done === killAt;
}

function killed() {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {}); // nothing comes after it
}

if (isMainThread) {
  for (const name of ['mkdir', 'rename', 'rm', 'copyFile']) {
    const operation = promises[name];
    promises[name] = (...args) => (isLast() ? killed() : operation(...args));
  }
  const { open, writeFile } = promises;
  promises.writeFile = async (path, data, ...rest) => {
    if (!isLast()) return writeFile(path, data, ...rest);
    await writeFile(path, data.slice(0, data.length >> 1), ...rest);
    return killed();
  };
  promises.open = async (...args) => {
    if (isLast()) return killed();
    const file = await open(...args);
    const write = file.writeFile.bind(file);
    file.writeFile = async (data) => {
      if (!isLast()) return write(data);
      await write(data.slice(0, data.length >> 1));
      return killed();
    };
    return file;
  };
  syncBuiltinESMExports();
  if (killAt === Number.POSITIVE_INFINITY) process.on('exit', () => process.stderr.write(`operations: ${done}\n`));
}
