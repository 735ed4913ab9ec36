import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { expect, it } from 'vitest';
import { createUi } from '../ui/ui.js';
import { checkData } from './check-data.js';

it('says when it is stopped that the next check begins anew', async () => {
  const dir = join(mkdtempSync(join(tmpdir(), 'kanrecon-check-')), 'data');
  mkdirSync(dir);
  await synthesizeDataset({ dir, shapes: 1, viewsPerShape: 1, imageSize: 16, split: { train: 1 }, workers: 1 });
  const ui = createUi({ json: true, verbose: false });
  const stopped = checkData(dir, {}, ui, AbortSignal.abort());
  await expect(stopped).rejects.toMatchObject({
    name: 'AbortError',
    message: 'Stopped; nothing is kept of a check, the same command begins anew.',
  });
  rmSync(dir, { recursive: true });
});
