import { defineCommand } from '../cli/define-command.js';
import { integer, number, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';

/** `kanrecon dataset import`: a data set from an archive or a folder. */
export const datasetImportCommand = defineCommand({
  name: 'dataset import',
  args: '<source>',
  needs: '--out <dir>',
  about: 'Make a data set from a rar, zip, tar or tar.gz archive or a folder; the same command goes on after Ctrl-C',
  options: {
    out: text({ about: 'Folder to make', value: 'dir', default: undefined }),
    'max-entries': integer({ about: 'Refuse archives of more entries', min: 1, default: 1_000_000 }),
    'max-size': number({ about: 'Refuse archives with more content, in GB', above: 0, default: 274 }),
    'max-ratio': number({ about: 'Refuse archives that grow more than so many times', min: 1, default: 200 }),
  },
  examples: [
    'kanrecon dataset import dataset_cilindro_spiralato.rar --out data',
    'kanrecon dataset import old/data --out data',
  ],
  makesFiles: true,
  goesOn: () => true,
  async run({ args: [source], options, ui, signal }) {
    const { out, 'max-entries': entries, 'max-size': gigabytes, 'max-ratio': ratio } = options;
    if (!out) throw new UserError('dataset import needs --out, the folder for the data set, for example --out data.');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    refuseOutFolder(out, 'data set');
    const { importArchive } = await import('../data/import-archive.js');
    const limits = { entries, totalBytes: gigabytes * 1e9, ratio };
    const { scan, ...summary } = await importArchive(source!, { out, limits }, ui, signal);
    return { json: { out, ...summary, counts: scan.counts, problems: scan.problems } };
  },
});
