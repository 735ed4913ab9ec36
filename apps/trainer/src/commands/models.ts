import { backboneTable, headNames, studyModels } from '@kanrecon/model/names';
import { defineCommand } from '../cli/define-command.js';
import { modelsTable, studyModelsJson } from '../models/study-models-table.js';

/** `kanrecon models`: the networks that there are by name. */
export const modelsCommand = defineCommand({
  name: 'models',
  about: 'List the networks of the study with the number of parameters that training changes, and how others are named',
  options: {},
  examples: ['kanrecon models', 'kanrecon models --json'],
  async run({ ui }) {
    // A table for each kind of model: those that come trained belong in front, with their scores.
    ui.say(modelsTable(studyModels));
    ui.say(
      '\nTrainable parameters, with six outputs. The backbone is counted without its classifier, and 0 where it is frozen.',
    );
    ui.say(
      `\n"kanrecon train --model <name>" trains any of them from random weights, and others of the form
  <backbone>_<LOCK|UNLOCK>_<DROP|NODROP>_<head>_<width>
  backbone  ${wordsOf(backboneTable)}
  head      ${wordsOf(headNames)}
LOCK freezes the backbone; DROP is dropout of .4, DROP25 of .25; width is the units of the head's first layer, 6 for no hidden one.`,
    );
    return { json: studyModelsJson(studyModels) };
  },
});

function wordsOf(names: readonly { readonly studyName: string }[]): string {
  return names.map(({ studyName }) => studyName).join(', ');
}
