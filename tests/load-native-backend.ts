import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { skipped } from './skipped.js';

/**
 * Loads tfjs-node, if it is installed here or in the folder that the environment variable KANRECON_TFJS_NODE names, so that
 * tests can run on the backend 'tensorflow' too. scripts/install-tfjs-node.sh installs it.
 *
 * @param what what the test does, the sentence's first words; without it nothing is said, for files that test on other backends too
 * @returns whether it was there
 * @throws if it was not, on a machine that decides what may be merged (the environment variable CI is set)
 */
export function loadNativeBackend(what?: string): boolean {
  // Node.js 23 and later no longer have these two, which tfjs-node needs.
  const legacy = util as unknown as Record<string, unknown>;
  legacy['isNullOrUndefined'] ??= (value: unknown) => value == null;
  legacy['isArray'] ??= Array.isArray;
  const folder = process.env['KANRECON_TFJS_NODE'];
  const require = createRequire(folder ? join(folder, 'package.json') : import.meta.url);
  try {
    require.resolve('@tensorflow/tfjs-node');
  } catch {
    if (what || process.env['CI']) {
      skipped(
        `${what ?? 'Tests on the backend tensorflow'}: run "bash scripts/install-tfjs-node.sh FOLDER" and set KANRECON_TFJS_NODE to that folder to run these tests.`,
      );
    }
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
