import { stat } from 'node:fs/promises';
import type { OutputFiles } from '@kanrecon/files/node';
import { UserError } from '../cli/user-error.js';
import { type ImageOutputs, inputOf } from './image-outputs.js';
import type { InputImageFile } from './input-image.js';

/**
 * Looks at all files that are to be written before any of them is.
 *
 * @param others files that are made of all images together
 * @throws UserError if one is an image that is read, whoever made it; FileInTheWayError if one was not made of that very image by this
 * program, or was changed since
 */
export async function refuseOverwriting(
  items: readonly { readonly file: InputImageFile; readonly outputs: ImageOutputs }[],
  others: readonly string[],
  files: OutputFiles,
): Promise<void> {
  const wanted = items.flatMap(({ file, outputs }) => {
    const of = inputOf(file, outputs);
    return [outputs.json, outputs.rendering, outputs.overlay, outputs.mesh].flatMap((path) =>
      path ? [{ path, of }] : [],
    );
  });
  const inputs = new Map<string, string>();
  for (const { file } of items) {
    const id = typeof file.source === 'string' ? await identity(file.source) : undefined;
    if (id) inputs.set(id, file.shown);
  }
  for (const { path } of wanted) {
    // By what it is, not by its name: that may be written in capitals, or lead through a link.
    const id = await identity(path);
    const input = id && inputs.get(id);
    if (input)
      throw new UserError(`${path}: this result would overwrite the image itself (${input}); choose another --out.`);
  }
  await files.check([...wanted, ...others.map((path) => ({ path }))]);
}

async function identity(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev} ${found.ino}`;
}
