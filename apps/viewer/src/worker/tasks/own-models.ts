import { fromModelFile, type ReconstructorArtifacts, toArtifacts, toModelFile } from '@kanrecon/model';
import { freeName } from '../../state/free-name.js';
import type { KeptModel } from '../../storage/kept-model.js';
import { bytesOf, keepNew, keptNames } from '../../storage/kept-models.js';
import { allNetworks, loadNetwork } from '../load-networks.js';
import { modelInfo } from '../model-info.js';
import { forgetNetwork, makeNetwork, ownNetworks, takeKept, takeNetwork, unusable } from '../own-networks.js';
import type { ModelInfo, Requests } from '../protocol.js';
import { readModelFiles } from '../read-model-files.js';
import { sentenceOf } from '../sentence-of.js';

export async function takeOwn({ name, artifacts }: Requests['takeOwn']['input']): Promise<ModelInfo> {
  return modelInfo(takeNetwork(name, await makeNetwork(artifacts, `The model “${name}”`)));
}

export async function loadOwn(name: Requests['loadOwn']['input']): Promise<ModelInfo> {
  return modelInfo(await takeKept(name));
}

export async function openOwn({
  wanted,
  taken,
  files,
}: Requests['openOwn']['input']): Promise<Requests['openOwn']['output']> {
  const [first] = files;
  const from = files.length === 1 ? `The file “${first!.path}”` : `The model in “${first?.path.split('/')[0] ?? ''}”`;
  const artifacts = await read(files, from);
  const others = [...taken, ...(await allNetworks()).map(({ name }) => name)];
  const network = await makeNetwork(artifacts, from);
  // Of what a training went on with nothing is needed to answer.
  const best = await toArtifacts(network.reconstructor);
  const { unkept, ...kept } = await keepAsNew(wanted, others, best);
  const info = modelInfo(takeNetwork(kept.name, network));
  return { info, kept, ...(unkept !== undefined && { unkept }) };
}

/** Keeps a network under the first name that is free, also of those that other windows keep. */
async function keepAsNew(
  wanted: string,
  others: readonly string[],
  best: ReconstructorArtifacts,
): Promise<KeptModel & { unkept?: string }> {
  const common = { changed: Date.now(), bytes: bytesOf(best) };
  for (;;) {
    const kept = await keptNames();
    // Looked up once more: another file may have been opened meanwhile that could not be kept.
    const free = () => freeName(wanted, new Set([...others, ...kept, ...ownNetworks().map(({ name }) => name)]));
    const model = { ...common, name: free() };
    try {
      if (await keepNew(model, { best })) return model;
    } catch (error) {
      return { ...common, name: free(), unkept: sentenceOf(error) };
    }
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

export async function artifactsOf(name: Requests['artifacts']['input']): Promise<ReconstructorArtifacts> {
  return toArtifacts((await loadNetwork(name)).reconstructor);
}

export async function forgetOwn(name: Requests['forgetOwn']['input']): Promise<null> {
  forgetNetwork(name);
  return null;
}

export async function ownFile({ name, log }: Requests['ownFile']['input']): Promise<Blob> {
  const { reconstructor } = await loadNetwork(name);
  const others: Record<string, Uint8Array> = log === undefined ? {} : { 'log.jsonl': new TextEncoder().encode(log) };
  const bytes = toModelFile(await toArtifacts(reconstructor), others);
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' });
}
