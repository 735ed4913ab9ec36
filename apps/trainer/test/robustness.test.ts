import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';

// A few of what the scripts in apps/trainer/scripts try by the hundred; the scripts compare, and end with 1 for anything that is wrong.
vi.setConfig({ testTimeout: 300_000 });

async function script(name: string, ...args: string[]): Promise<string> {
  const path = fileURLToPath(new URL(`../scripts/${name}.mjs`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...args]).catch((error) => {
    throw new Error(`${name} ${args.join(' ')}: ${error.stdout}${error.stderr}`);
  });
  return stdout.trim();
}

describe('a training that is killed', () => {
  it('goes on as if nothing had happened, wherever that was', async () => {
    // Every 23rd operation on files is another part of a save each time; and at a random moment.
    expect(await script('kill-runs', '--every', '23', '--random', '1')).toMatch(
      /^\d+ kills; 0 of [4-9] resumed runs differ/,
    );
  });
});

describe('a damaged or hostile model', () => {
  it('is refused in a sentence or used, and never hangs', async () => {
    expect(await script('fuzz-models', '--models', '40', '--seed', '3')).toMatch(
      /^40 models: \d+ refused, \d+ used; 0 wrong/,
    );
  });
});

describe('a JSON file that lacks a field', () => {
  it('is never called a bug', async () => {
    expect(await script('delete-fields', '--every', '120')).toMatch(
      /^\d+ did their work, \d+ said what is wrong; 0 wrong/,
    );
  });
});
