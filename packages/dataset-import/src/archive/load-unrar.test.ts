import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { explainNoUnrar, loadUnrar } from './load-unrar.js';

it('loads the unpacker where it is installed', async () => {
  expect(await loadUnrar('a.rar')).toHaveProperty('createExtractorFromFile');
  expect(await explainNoUnrar()).toBeUndefined();
});

it('where it is not installed says so in a sentence, and other archives are read all the same', () => {
  const folder = realpathSync(temporaryFolder());
  const own = dirname(dirname(import.meta.dirname));
  const modules = join(folder, 'node_modules');
  // A copy, as modules are looked for from where a file really lies, and links to what the package depends on.
  const copy = join(modules, '@kanrecon', 'dataset-import');
  mkdirSync(copy, { recursive: true });
  cpSync(join(own, 'package.json'), join(copy, 'package.json'));
  cpSync(join(own, 'dist'), join(copy, 'dist'), { recursive: true });
  const installed = join(own, 'node_modules');
  for (const name of ['tar', 'yauzl']) symlinkSync(realpathSync(join(installed, name)), join(modules, name));
  for (const name of readdirSync(join(installed, '@kanrecon'))) {
    symlinkSync(realpathSync(join(installed, '@kanrecon', name)), join(modules, '@kanrecon', name));
  }
  writeFileSync(join(folder, 'a.rar'), Buffer.from('Rar!\x1a\x07\x01\x00 and more', 'latin1'));
  writeFileSync(join(folder, 'a.zip'), Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]));
  const program = `
    import { explainNoUnrar, importDataset } from '@kanrecon/dataset-import/node';
    for (const name of ['a.rar', 'a.zip']) {
      await importDataset(name, { out: 'out' }).catch(({ name, message }) => console.log(name + ': ' + message));
    }
    console.log(await explainNoUnrar());`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const [rar, zip, sentence] = stdout.split('\n');
  expect(rar).toBe(
    'DatasetError: importDataset: cannot read a.rar: rar archives need the package "node-unrar-js", which is not installed; install it with "npm install node-unrar-js" (it holds RARLAB\'s unpacker, whose licence allows any use but making a rar packer), or unpack the archive with another program and import the folder',
  );
  expect(zip).toContain('holds no data set');
  expect(rar).toContain(sentence);
  rmSync(folder, { recursive: true });
});
