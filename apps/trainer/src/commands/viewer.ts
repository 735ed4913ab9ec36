import { defineCommand } from '../cli/define-command.js';
import { choice, flag, integer } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';

/** The same one each time, so that the page finds what the browser has kept for it. */
const usualPort = 5787;

/** `kanrecon viewer`: the web page, served to this machine. */
export const viewerCommand = defineCommand({
  name: 'viewer',
  args: '[run...]',
  about:
    'Serve the web page on this machine, with your own runs among its models, their curves, scores and cases: drop an image, see its object, refine, edit and save it. Everything is computed in the browser; Ctrl-C ends it',
  options: {
    checkpoint: choice({ about: 'Which checkpoint of a run', of: ['best', 'last'], default: 'best' }),
    port: integer({
      about:
        'Port of the address; 0 takes one that is free. The browser keeps what was trained in the page for its address, port included',
      max: 65535,
      default: usualPort,
    }),
    open: flag({ about: 'Open the page in the browser' }),
  },
  examples: ['kanrecon viewer', 'kanrecon viewer --open --port 8080', 'kanrecon viewer runs/first --open'],
  async run({ args, options, given, ui, signal }) {
    const { port, open, checkpoint } = options;
    const named = given.has('checkpoint');
    if (named && args.length === 0) {
      throw new UserError(
        '--checkpoint chooses between the two of a run, and no run is given; leave it out, or give a run.',
      );
    }
    const { serveViewer } = await import('../viewer/serve-viewer.js');
    const fixed = given.has('port');
    return { json: await serveViewer({ port, fixed, open, models: args, checkpoint, named }, ui, signal) };
  },
});
