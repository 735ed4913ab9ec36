import { formulaNumbers, formulaStateDict, readGolden } from '../packages/backbones/test/formula-weights.js';
import { writeCheckpoint } from '../packages/backbones/test/weights/write-checkpoint.js';

/**
 * A checkpoint as the study's Python code writes it: SQUEEZENET_NODROP_CLASSICA_6, SqueezeNet 1.1 and one linear layer, with weights that a
 * formula gives.
 */
export function studyCheckpoint(): Uint8Array {
  const backbone = Object.entries(formulaStateDict(readGolden('squeezeNet11')));
  const small = (name: string, count: number) =>
    Float32Array.from(formulaNumbers(name, count), (u) => 0.02 * (u - 0.5));
  return writeCheckpoint(
    {
      ...Object.fromEntries(backbone.map(([name, tensor]) => [`backbone.${name}`, tensor])),
      'fc1.weight': { shape: [6, 512], data: small('fc1.weight', 6 * 512) },
      'fc1.bias': { shape: [6], data: small('fc1.bias', 6) },
    },
    'model_state_dict',
  );
}
