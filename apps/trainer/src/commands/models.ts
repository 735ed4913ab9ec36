import { studyModels } from '@kanrecon/model/names';
import { defineCommand } from '../cli/define-command.js';
import { modelsTable, studyModelsJson } from '../models/study-models-table.js';

/** `kanrecon models`: the study's networks. */
export const modelsCommand = defineCommand({
  name: 'models',
  about: 'List the networks of the study with the number of parameters that training changes',
  options: {},
  examples: ['kanrecon models', 'kanrecon models --json'],
  async run({ ui }) {
    ui.say(modelsTable(studyModels));
    ui.say(
      '\nTrainable parameters, with six outputs. The backbone is counted without its classifier, and 0 where it is frozen.',
    );
    return { json: studyModelsJson(studyModels) };
  },
});
