import { DatasetError } from '@kanrecon/dataset';

type Unrar = typeof import('node-unrar-js');

let loaded: Promise<Unrar> | undefined;

/**
 * RARLAB's unpacker is under a licence of its own, which nobody should get unasked: it is an optional peer, loaded when the first rar
 * archive is opened.
 *
 * @throws DatasetError that names the archive if it is not installed or does not load
 */
export function loadUnrar(archive: string): Promise<Unrar> {
  return load().catch((cause) => {
    throw new DatasetError(`importDataset: cannot read ${archive}: ${explain(cause)}`, [], { cause });
  });
}

/** Why rar archives cannot be read here and what to do, in a sentence; `undefined` if they can. For those who are about to fetch one. */
export function explainNoUnrar(): Promise<string | undefined> {
  return load().then(() => undefined, explain);
}

function load(): Promise<Unrar> {
  loaded ??= import('node-unrar-js').catch((cause) => {
    loaded = undefined;
    throw cause;
  });
  return loaded;
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  const state = code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : `cannot be loaded (${message.split('\n')[0]})`;
  return `rar archives need the package "node-unrar-js", which ${state}; install it with "npm install node-unrar-js" (it holds RARLAB's unpacker, whose licence allows any use but making a rar packer), or unpack the archive with another program and import the folder`;
}
