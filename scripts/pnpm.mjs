// Runs the pinned pnpm with the given arguments. npm alone is enough: npx fetches pnpm when it is not there yet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const root = new URL('..', import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** No telemetry and no update checks from the tools we start. */
export const quietEnv = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  NO_UPDATE_NOTIFIER: '1',
  npm_config_update_notifier: 'false',
};

/**
 * @param {string[]} args arguments of pnpm
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function pnpm(args, options = {}) {
  return spawnSync('npx', ['--yes', packageManager, ...args], {
    stdio: 'inherit',
    cwd: root,
    shell: process.platform === 'win32',
    ...options,
    env: { ...process.env, ...quietEnv, ...options.env },
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(pnpm(process.argv.slice(2)).status ?? 1);
}
