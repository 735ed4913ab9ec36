// Loaded before the program (NODE_OPTIONS=--import): writes down the path of every file that is opened or read, into the file READS_AT.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { READS_AT } = process.env;
const { appendFileSync } = fs;

for (const [holder, names] of [
  [fs.promises, ['open', 'readFile']],
  [fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']],
]) {
  for (const name of names) {
    const original = holder[name];
    holder[name] = (path, ...rest) => {
      // appendFileSync opens too.
      if (typeof path === 'string' && path !== READS_AT) appendFileSync(READS_AT, `${path}\n`);
      return original.call(holder, path, ...rest);
    };
  }
}
syncBuiltinESMExports();
