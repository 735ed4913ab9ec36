import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';

/**
 * Loads tfjs-node, if it is installed here or in the folder that the environment variable KANRECON_TFJS_NODE names, so that
 * tests can run on the backend 'tensorflow' too. scripts/install-tfjs-node.sh installs it.
 *
 * @returns whether it was there
 */
export function loadNativeBackend(): boolean {
  // Node.js 23 and later no longer have these two, which tfjs-node needs.
  const legacy = util as unknown as Record<string, unknown>;
  legacy['isNullOrUndefined'] ??= (value: unknown) => value == null;
  legacy['isArray'] ??= Array.isArray;
  const folder = process.env['KANRECON_TFJS_NODE'];
  const require = createRequire(folder ? join(folder, 'package.json') : import.meta.url);
  try {
    require.resolve('@tensorflow/tfjs-node');
  } catch {
    return false;
  }
  // Its own copy of tfjs joins the one at hand, and warns of every kernel that is there already.
  const { warn } = console;
  console.warn = () => {};
  try {
    require('@tensorflow/tfjs-node');
  } finally {
    console.warn = warn;
  }
  return true;
}
