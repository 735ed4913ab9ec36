import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadNativeBackend } from './load-native-backend.js';
import { temporaryFolder } from './temporary-folder.js';

describe('loadNativeBackend where tfjs-node is missing', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    vi.stubEnv('KANRECON_TFJS_NODE', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  it('throws on a machine that decides what may be merged, so that no test is passed over', () => {
    vi.stubEnv('CI', 'true');
    expect(() => loadNativeBackend()).toThrow(
      'Tests on the backend tensorflow: run "bash scripts/install-tfjs-node.sh',
    );
  });

  it('says elsewhere in one sentence what is skipped, when it is told what', () => {
    vi.stubEnv('CI', '');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(loadNativeBackend()).toBe(false);
    expect(said).not.toHaveBeenCalled();
    expect(loadNativeBackend('Speed of light')).toBe(false);
    expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^Skipped. Speed of light: run .*\n$/));
  });
});
