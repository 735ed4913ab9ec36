import { datasetScene } from '@kanrecon/dataset/node';
import { type Scene, sceneByName } from '@kanrecon/scene';

/** What the images of a data set show and how they are drawn; the study's look where nothing is known. */
export async function trainingScene(dataset: string): Promise<Scene> {
  const { scene, surface } = await datasetScene(dataset);
  return scene ?? { ...sceneByName('study'), surface };
}
