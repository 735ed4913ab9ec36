import { defineCommand } from '../cli/define-command.js';
import { flag, integer } from '../cli/option-types.js';

/** `kanrecon viewer`: the web page, served to this machine. */
export const viewerCommand = defineCommand({
  name: 'viewer',
  about:
    'Serve the web page on this machine: drop an image, see its object, refine, edit and save it. Everything is computed in the browser; Ctrl-C ends it',
  options: {
    port: integer({ about: 'Port of the address; 0 takes one that is free', max: 65535, default: 0 }),
    open: flag({ about: 'Open the page in the browser' }),
  },
  examples: ['kanrecon viewer', 'kanrecon viewer --open --port 8080'],
  async run({ options, ui, signal }) {
    const { serveViewer } = await import('../viewer/serve-viewer.js');
    return { json: await serveViewer(options, ui, signal) };
  },
});
