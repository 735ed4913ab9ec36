import { choice, flag, integer, text } from '../cli/option-types.js';

/** Flags of `synth` for rendering with Blender. */
export const blenderOptions = {
  renderer: choice({
    about: 'What renders: ours, or an installed Blender (photo-realistic, about a second an image)',
    of: ['kanrecon', 'blender'],
    default: 'kanrecon',
  }),
  blender: text({
    about: 'The program Blender, 3.0 or later; else KANRECON_BLENDER names it, or it is looked for where it usually is',
    value: 'path',
    default: undefined,
  }),
  'blender-samples': integer({
    about: 'Paths a pixel with Blender: more is less grainy and takes longer',
    min: 1,
    max: 65_536,
    default: 32,
  }),
  compare: flag({
    about: 'No data set: render 8 views (or --shapes × --views) with both renderers and tell how far they agree',
  }),
};
