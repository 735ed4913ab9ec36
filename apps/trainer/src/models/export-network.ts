import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder, siblingPath, writeAtomically, writeDurably } from '@kanrecon/files/node';
import { withoutCaller } from '@kanrecon/image';
import { type Reconstructor, toLayersModel, toSafetensors } from '@kanrecon/model';
import { OnnxExportError, onnxOpset, toOnnx } from '@kanrecon/onnx';
import { UserError } from '../cli/user-error.js';
import type { ExportFormat } from './export-formats.js';

/** What is written, and where. */
export interface ExportNetworkOptions {
  readonly format: ExportFormat;
  /** A file; a folder for `tfjs`. */
  readonly out: string;
  /** Under which the network may be used, where that is known. */
  readonly licence?: string;
}

/** What came of it. */
export interface ExportedNetwork {
  readonly name: string;
  /** Numbers in the network. */
  readonly parameters: number;
  /** Of all files. */
  readonly bytes: number;
  readonly files: readonly string[];
  /** How another program uses it, in sentences. */
  readonly use: string;
}

/**
 * Writes a network for other programs, whole or not at all; folders above are made. Disposes it.
 *
 * @throws UserError for a network that the format has no words for
 */
export async function exportNetwork(
  reconstructor: Reconstructor,
  { format, out, licence }: ExportNetworkOptions,
): Promise<ExportedNetwork> {
  try {
    const said = licence === undefined ? {} : { licence };
    const { name, parameterCount } = reconstructor;
    const made = { name, parameters: parameterCount.total, use: useOf(reconstructor, format) };
    await makeFolder(dirname(resolve(out)));
    if (format === 'tfjs') {
      const files = await toLayersModel(reconstructor, said);
      await writeFolder(out, files);
      const bytes = Object.values(files).reduce((sum, data) => sum + Buffer.byteLength(data), 0);
      return { ...made, bytes, files: Object.keys(files).map((file) => join(out, file)) };
    }
    const data = await (format === 'onnx' ? toOnnx(reconstructor, said) : toSafetensors(reconstructor, said));
    await writeAtomically(out, data, { durable: true });
    return { ...made, bytes: data.length, files: [out] };
  } catch (cause) {
    if (!(cause instanceof OnnxExportError)) throw cause;
    throw new UserError(`${reconstructor.name}: ${withoutCaller(cause.message)}`, { cause });
  } finally {
    reconstructor.dispose();
  }
}

/** All of a folder's files, or no folder: they are written beside it first. */
async function writeFolder(out: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const target = resolve(out);
  const saving = siblingPath(target, '.saving');
  await rm(saving, { recursive: true, force: true });
  try {
    await mkdir(saving);
    for (const [name, data] of Object.entries(files)) await writeDurably(join(saving, name), data);
    // An empty folder may be there; on some systems nothing is moved onto it. One that has been filled meanwhile stays, and this fails.
    await rmdir(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(saving, target);
  } catch (error) {
    await rm(saving, { recursive: true, force: true }).catch(() => {});
    // People know the folder by its own name.
    throw Object.assign(error as Error, { path: out });
  }
}

function useOf({ config, targets }: Reconstructor, format: ExportFormat): string {
  const { imageSize: side, head } = config;
  const sure = head.uncertainty === 'gaussian';
  switch (format) {
    case 'onnx':
      return `Input image: float32 [batch, 3, ${side}, ${side}], RGB in [0, 1]. Outputs: parameters in units, normalized${sure ? ', spread' : ''}, [batch, ${targets.length}] each. Opset ${onnxOpset}. Names, ranges and units: metadata kanrecon.targets.`;
    case 'safetensors':
      return `Names are those of the study's checkpoints: backbone.…, fc1.…; its header says the rest.\n\nNext:\n  kanrecon import-checkpoint <file> --out models/imported`;
    case 'tfjs':
      return `tf.loadLayersModel reads model.json${head.type === 'mlp' ? '' : ', after registerKanLayers() of @kanrecon/kan-layers'}. Input: [batch, ${side}, ${side}, 3], (value - mean) / std; what its outputs mean: userDefinedMetadata.`;
  }
}
