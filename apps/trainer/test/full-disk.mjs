// Loaded before the program (NODE_OPTIONS=--import): the disk is full as soon as a file is written whose path contains FULL_AT.
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { FULL_AT } = process.env;
const { open, writeFile } = promises;
/** As Node's: the path is not in it. */
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });

promises.writeFile = async (path, ...rest) => {
  await writeFile(path, ...(String(path).includes(FULL_AT) ? ['', ...rest.slice(1)] : rest));
  if (String(path).includes(FULL_AT)) throw full();
};
promises.open = async (path, ...rest) => {
  const file = await open(path, ...rest);
  if (String(path).includes(FULL_AT)) file.writeFile = async () => Promise.reject(full());
  return file;
};
syncBuiltinESMExports();
