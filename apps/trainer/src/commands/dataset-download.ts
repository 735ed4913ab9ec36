import { defineCommand } from '../cli/define-command.js';
import { flag, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';

/**
 * `kanrecon dataset download`: a published data set by its DOI. Besides `train --pretrained imagenet` the only one that uses the network,
 * unless an address is given in place of a folder or file.
 */
export const datasetDownloadCommand = defineCommand({
  name: 'dataset download',
  needs: '--out <dir>',
  about: "Fetch the study's published data set by its DOI and import it; the same command goes on after Ctrl-C",
  options: {
    out: text({ about: 'Folder to make', value: 'dir', default: undefined }),
    doi: text({ about: 'Which record of Zenodo', value: 'doi', default: '10.5281/zenodo.15819213' }),
    url: text({ about: 'Where records are asked for', value: 'url', default: 'https://zenodo.org' }),
    file: text({ about: 'Only this file of the record', value: 'name', default: undefined }),
    sha256: text({ about: "SHA-256 that --file must have, beside the record's MD5", value: 'hex', default: undefined }),
    'download-only': flag({ about: 'Leave the files in --out as they are published' }),
    'remove-archive': flag({ about: 'Delete the archive once it is imported' }),
  },
  examples: ['kanrecon dataset download --out data', 'kanrecon dataset download --out published --download-only'],
  makesFiles: true,
  goesOn: () => true,
  async run({ options, ui, signal }) {
    const { out, doi, url, file, sha256, 'download-only': downloadOnly, 'remove-archive': remove } = options;
    if (!out) throw new UserError('dataset download needs --out, the folder for the data set, for example --out data.');
    if (!URL.canParse(url) || !/^https?:/i.test(url)) {
      throw new UserError(`--url takes an address that begins with https:// or http://, but got "${url}".`);
    }
    if (sha256 && !file) throw new UserError('--sha256 needs --file, whose checksum it is.');
    if (sha256 && !/^[0-9a-f]{64}$/i.test(sha256)) throw new UserError('--sha256 takes 64 hexadecimal digits.');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    refuseOutFolder(out, 'data set');
    const { downloadPublished } = await import('../data/download-published.js');
    const request = { out, doi, baseUrl: url, file, sha256, importing: !downloadOnly, remove };
    return { json: await downloadPublished(request, ui, signal) };
  },
});
