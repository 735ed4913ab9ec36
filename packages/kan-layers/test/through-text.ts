import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';

/** The model saved and loaded, its topology by way of text, as a model.json on disk goes. */
export async function throughText<Model extends LayersModel>(model: Model): Promise<Model> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const modelTopology = JSON.parse(JSON.stringify(artifacts!.modelTopology));
  return (await loadLayersModel(io.fromMemory({ ...artifacts!, modelTopology }))) as Model;
}
