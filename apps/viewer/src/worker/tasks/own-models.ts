import { fromModelFile, type ReconstructorArtifacts, toArtifacts, toModelFile } from '@kanrecon/model';
import { bytesOf, keep } from '../../storage/kept-models.js';
import { loadNetwork } from '../load-networks.js';
import { modelInfo } from '../model-info.js';
import { forgetNetwork, takeKept, takeNetwork, unusable } from '../own-networks.js';
import type { ModelInfo, Requests } from '../protocol.js';
import { readModelFiles } from '../read-model-files.js';
import { sentenceOf } from '../sentence-of.js';

export async function takeOwn({ name, artifacts }: Requests['takeOwn']['input']): Promise<ModelInfo> {
  return modelInfo(await takeNetwork(name, artifacts));
}

export async function loadOwn(name: Requests['loadOwn']['input']): Promise<ModelInfo> {
  return modelInfo(await takeKept(name));
}

export async function openOwn({ name, files }: Requests['openOwn']['input']): Promise<Requests['openOwn']['output']> {
  const [first] = files;
  const from = files.length === 1 ? `The file “${first!.path}”` : `The model in “${first?.path.split('/')[0] ?? ''}”`;
  const artifacts = await read(files, from);
  const network = await takeNetwork(name, artifacts, from);
  // Of what a training went on with nothing is needed to answer.
  const best = await toArtifacts(network.reconstructor);
  const kept = { name, changed: Date.now(), bytes: bytesOf(best) };
  const info = modelInfo(network);
  try {
    await keep(kept, { best });
    return { info, kept };
  } catch (error) {
    return { info, kept, unkept: sentenceOf(error) };
  }
}

async function read(files: Requests['openOwn']['input']['files'], from: string): Promise<ReconstructorArtifacts> {
  try {
    const [first] = files;
    if (files.length > 1 || !first) return await readModelFiles(files);
    return fromModelFile(new Uint8Array(await first.file.arrayBuffer()));
  } catch (error) {
    throw unusable(from, error);
  }
}

export async function forgetOwn(name: Requests['forgetOwn']['input']): Promise<null> {
  forgetNetwork(name);
  return null;
}

export async function ownFile(name: Requests['ownFile']['input']): Promise<Blob> {
  const { reconstructor } = await loadNetwork(name);
  const bytes = toModelFile(await toArtifacts(reconstructor));
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
