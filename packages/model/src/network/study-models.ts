import type { HeadType } from '../heads/head-names.js';
import type { PartialReconstructorConfig } from './reconstructor-config.js';

/** One of the study's networks: its published name, how to build it here, and the size of its parts. */
export interface StudyModel {
  readonly name: string;
  readonly config: PartialReconstructorConfig;
  /** Trainable parameters of the backbone without its classifier: 0 where it is frozen. */
  readonly backboneParameters: number;
  /** Trainable parameters of the head with six outputs. */
  readonly headParameters: number;
}

const efficientNet = { backbone: 'efficientNetB0' } as const;
const lockedNet = { backbone: 'efficientNetB0', trainBackbone: false } as const;
const squeezeNet = { backbone: 'squeezeNet11' } as const;
const B0 = 4_007_548;
const SQUEEZE = 722_496;

/**
 * The networks of the study "Parametric reconstruction of 3D object with KAN". The study's EfficientNet models have dropout before
 * the head only, its SqueezeNet models between the layers too. Its FastKAN heads (FSTK) have the study's shapes but not its start, whose
 * first outputs are some four times too large behind 1280 features.
 */
export const studyModels: readonly StudyModel[] = [
  row('EFFNETB0_UNLOCK_DROP_FOURIER_6', { ...efficientNet, head: head('fourierKAN', [], 0.4) }, B0, 39_696),
  row('EFFNETB0_UNLOCK_DROP_EFFK_6', { ...efficientNet, head: head('efficientKAN', [], 0.4) }, B0, 76_800),
  row('EFFNETB0_UNLOCK_NODROP_FSTK_16', { ...efficientNet, head: head('fastKAN', [16], 0) }, B0, 185_206),
  row('EFFNETB0_UNLOCK_DROP_FOURIER_16', { ...efficientNet, head: head('fourierKAN', [16], 0.4) }, B0, 53_018),
  row('EFFNETB0_UNLOCK_NODROP_FOURIER_6', { ...efficientNet, head: head('fourierKAN', [], 0) }, B0, 39_696),
  row('EFFNETB0_UNLOCK_NODROP_EFFK_6', { ...efficientNet, head: head('efficientKAN', [], 0) }, B0, 76_800),
  row('EFFNETB0_UNLOCK_DROP_EFFK_16', { ...efficientNet, head: head('efficientKAN', [16], 0.4) }, B0, 205_760),
  row('EFFNETB0_UNLOCK_NODROP_FOURIER_16', { ...efficientNet, head: head('fourierKAN', [16], 0) }, B0, 53_018),
  row('EFFNETB0_UNLOCK_NODROP_EFFK_16', { ...efficientNet, head: head('efficientKAN', [16], 0) }, B0, 205_760),
  row('EFFNETB0_UNLOCK_NODROP_FSTK_6', { ...efficientNet, head: head('fastKAN', [], 0) }, B0, 69_126),
  row('EFFNETB0_LOCK_NODROP_FSTK_16', { ...lockedNet, head: head('fastKAN', [16], 0) }, 0, 185_206),
  row('EFFNETB0_UNLOCK_DROP_FSTK_32', { ...efficientNet, head: head('fastKAN', [32, 16], 0.4) }, B0, 374_166),
  row('EFFNETB0_UNLOCK_DROP_FSTK_16', { ...efficientNet, head: head('fastKAN', [16], 0.4) }, B0, 185_206),
  row(
    'SQUEEZENET_DROP4_FOURIER_DROP_256',
    { ...squeezeNet, head: head('fourierKAN', [256, 128, 64, 32], 0.4, 0.4) },
    SQUEEZE,
    199_608,
  ),
  row(
    'SQUEEZENET_DROP4_CLASSICA_DROP_256',
    { ...squeezeNet, head: head('mlp', [256, 128, 64, 32], 0.4, 0.4) },
    SQUEEZE,
    174_758,
  ),
  row('SQUEEZENET_NODROP_CLASSICA_6', { ...squeezeNet, head: head('mlp', [], 0) }, SQUEEZE, 3_078),
  row('SQUEEZENET_NODROP_FOURIER_6', { ...squeezeNet, head: head('fourierKAN', [], 0) }, SQUEEZE, 15_888),
];

function row(
  name: string,
  config: PartialReconstructorConfig,
  backboneParameters: number,
  headParameters: number,
): StudyModel {
  return { name, config, backboneParameters, headParameters };
}

function head(
  type: HeadType,
  widths: readonly number[],
  dropout: number,
  hiddenDropout = 0,
): PartialReconstructorConfig['head'] {
  return { type, widths, dropout, hiddenDropout };
}
