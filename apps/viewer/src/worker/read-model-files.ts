import {
  CheckpointError,
  type ModelJson,
  modelFilePaths,
  type ReconstructorArtifacts,
  type ReconstructorManifest,
} from '@kanrecon/model';

/** Bytes of a file that is read, at most, and of one that is parsed as JSON. */
const most = 1e9;
const mostJson = 64 * 2 ** 20;

/** Files that lie in a folder, by their paths. */
export type FolderFiles = readonly { readonly path: string; readonly file: Blob }[];

/** Reads a model's folder, or the best model of a run's. @throws CheckpointError if there is none */
export async function readModelFiles(files: FolderFiles): Promise<ReconstructorArtifacts> {
  const paths = modelFilePaths(files.map(({ path }) => path));
  if (!paths) {
    throw new CheckpointError(
      'readModelFiles: there is no model in it; choose a folder with config.json, model.json and weights.bin, a training’s folder, or a zip file of one',
    );
  }
  const blob = (path: string, limit = most) => {
    const { file } = files.find((one) => one.path === path)!;
    if (file.size > limit) throw new CheckpointError(`readModelFiles: ${path} is too large for a file of a network`);
    return file;
  };
  const json = async <T>(path: string): Promise<T> => {
    const text = await blob(path, mostJson).text();
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new CheckpointError(`readModelFiles: ${path} is damaged: it is not valid JSON`, { cause });
    }
  };
  return {
    manifest: await json<ReconstructorManifest>(paths['config.json']),
    model: await json<ModelJson>(paths['model.json']),
    weights: new Uint8Array(await blob(paths['weights.bin']).arrayBuffer()),
  };
}
