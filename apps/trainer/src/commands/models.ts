import { backboneTable, headNames, studyModels } from '@kanrecon/model/names';
import { pretrainedModels } from '@kanrecon/pretrained/names';
import { defineCommand } from '../cli/define-command.js';
import { shippedModelsJson, shippedModelsTable } from '../models/shipped-models-table.js';
import { modelsTable, studyModelsJson } from '../models/study-models-table.js';

/** `kanrecon models`: the networks that there are by name, trained ones first. */
export const modelsCommand = defineCommand({
  name: 'models',
  about:
    'List the trained models that come along with their scores, the networks of the study with the number of parameters that training changes, and how others are named',
  options: {},
  examples: ['kanrecon models', 'kanrecon models --json'],
  async run({ ui }) {
    ui.say(shippedModelsTable(pretrainedModels));
    ui.say(
      '\nTrained models that come along, for "kanrecon predict --model <name>"; scores on fresh images of their scene, with what other images would give (95 %).\n',
    );
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
    return { json: { ...shippedModelsJson(pretrainedModels), ...studyModelsJson(studyModels) } };
  },
});

function wordsOf(names: readonly { readonly studyName: string }[]): string {
  return names.map(({ studyName }) => studyName).join(', ');
}
