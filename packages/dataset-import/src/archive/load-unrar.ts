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
  loaded ??= import('node-unrar-js');
  return loaded.catch((cause) => {
    loaded = undefined;
    const missing = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const state = missing ? 'is not installed' : `cannot be loaded (${(cause as Error).message.split('\n')[0]})`;
    throw new DatasetError(
      `importDataset: cannot read ${archive}: rar archives need the package "node-unrar-js", which ${state}; install it with "npm install node-unrar-js" (it holds RARLAB's unpacker, whose licence allows any use but making a rar packer), or unpack the archive with another program and import the folder`,
      [],
      { cause },
    );
  });
}
