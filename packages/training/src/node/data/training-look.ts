import { datasetLook } from '@kanrecon/dataset/node';
import { type DatasetPreset, presetByName } from '@kanrecon/scene';

/** What the images of a data set show and how they are drawn; the study's look where nothing is known. */
export async function trainingLook(dataset: string): Promise<DatasetPreset> {
  const { preset, surface } = await datasetLook(dataset);
  return preset ?? { ...presetByName('study'), surface };
}
