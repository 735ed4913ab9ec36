import { studyModels } from '@kanrecon/model/names';
import { expect, it } from 'vitest';
import { modelsTable, studyModelsJson } from './study-models-table.js';

it('lists every network of the study with its size', () => {
  const table = modelsTable(studyModels);
  for (const { name } of studyModels) expect(table).toContain(name);
  expect(table).toMatch(/^EFFNETB0_LOCK_NODROP_FSTK_16 +efficientNetB0, frozen +fastKAN +16 +0 +185,206 +185,206$/m);
  expect(table).toMatch(
    /^SQUEEZENET_DROP4_FOURIER_DROP_256 +squeezeNet11 +fourierKAN +256,128,64,32 +722,496 +199,608 +922,104$/m,
  );
});

it('gives each by name, with how it is made', () => {
  const models = studyModelsJson(studyModels);
  expect(Object.keys(models)).toEqual(studyModels.map(({ name }) => name));
  expect(models['SQUEEZENET_NODROP_CLASSICA_6']).toEqual({
    backbone: 'squeezeNet11',
    head: { type: 'mlp', widths: [], dropout: 0, hiddenDropout: 0 },
    parameters: { backbone: 722_496, head: 3_078, trainable: 725_574 },
  });
});
