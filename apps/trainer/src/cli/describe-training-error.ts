import {
  augmentationSets,
  type TrainingError,
  type TrainingErrorCode,
  type TrainingMistakes,
} from '@kanrecon/training/names';
import { countOf } from '../ui/count-of.js';

type Words = { readonly [Code in TrainingErrorCode]?: (details: TrainingMistakes[Code]) => string | undefined };

/** What the program says of a training's mistakes where its flags and commands are the remedy. */
const words: Words = {
  'empty-split': ({ dataset, split }) =>
    `${dataset} has no usable sample in its ${split} split; add images with their labels there, or make a data set of more objects with "kanrecon synth".`,
  'wrong-experiment': ({ field = '', reason }) =>
    /^growth(\.sizes.*)?$/.test(field)
      ? `${reason.replace(field, '--grow-sizes')}; without it, or with --grow-sizes none, nothing grows.`
      : undefined,
  'false-labels': ({ augmentation, others, scene, shows }) =>
    `--augment ${augmentFlag(augmentation)} would make labels false: a mirrored image of the scene ${scene} shows ${shows}; use --augment ${others.join(',') || 'rotate'}.`,
  'false-camera-labels': ({ wrong, others, scene }) =>
    `--augment ${wrong.join(',')} would make the labels of the camera false: images of the scene ${scene} that are changed so are those of another camera; use --augment ${others.join(',') || 'none'}, or --no-camera to find the shape alone.`,
  'unknown-backend': ({ backend, reason, howToGet }) => `backend ${backend}: ${reason}; to get it: ${howToGet}.`,
  'unusable-backend': ({ backend, reason }) =>
    `backend ${backend} cannot be used here: ${reason}; "kanrecon backends" lists what can be.`,
  'workers-unsupported': ({ workers, backend, possible }) =>
    `--workers ${workers} needs a backend that each thread has for itself (${possible.join(', ')}), but this run is on ${backend}; give --backend wasm or leave --workers out.`,
  'no-run': ({ path, exists, checkpoints: [model] = [], parts = [] }) => {
    if (!exists) return `there is no run folder ${path}; "kanrecon train" makes one.`;
    if (parts.length === 0) {
      return `${path} is no run folder (it has no config.json); expected one made by "kanrecon train", a model's folder or zip file, or a checkpoint (.pt, .pth, .safetensors).`;
    }
    const otherwise = model ? `, or use ${path}/${model}, which is a model by itself` : '';
    return `${path} is a run folder (${parts.join(', ')}) whose config.json is missing, without which its training cannot be told; put a copy of it there${otherwise}.`;
  },
  'no-checkpoint': ({ path, checkpoint, other, lost }) => {
    if (other) return `${path} has no ${checkpoint} checkpoint; give --checkpoint ${other}, which is there.`;
    if (lost)
      return `${path} has been trained, but its checkpoints are missing: neither last nor best is there; put a copy of one there.`;
    return `${path} has no ${checkpoint} checkpoint yet; go on with its training: kanrecon train --out ${path} --resume. If its loss was no number any more, delete the folder and train again with a lower --learning-rate.`;
  },
  'run-exists': ({ path, parts }) =>
    parts.length > 0
      ? `${path} holds parts of another run (${parts.join(', ')}); choose another --out.`
      : `${path} holds a run already; continue it with --resume or choose another --out.`,
  'run-locked': ({ path, process, file, host }) =>
    `${path}: process ${process}${host ? ` on ${host}` : ''} is training in this folder, as ${file} says; wait until it is done or choose another --out, or delete that file if nothing trains there any more.`,
  'checkpoints-missing': ({ path, epochs }) =>
    epochs === 0
      ? `${path} began from the weights of another network, which its first checkpoint kept, and that is missing; put a copy of it there, or choose another --out to train anew.`
      : `${path} has come to epoch ${epochs}, but its checkpoints are missing: neither last nor best is there; put a copy of one there, or choose another --out to train anew.`,
  'unusable-run': ({ file, reason }) => `${file}: ${reason}.`,
  'unusable-checkpoint': ({ reason }) =>
    `${reason.replace(/expected the option stateDict, one of (.*), or a file of that one alone \(torch\.save of it\)/, '"kanrecon import-checkpoint" makes a model of one of them, with --state-dict, one of $1')}.`,
  'nothing-fits': ({ source, network }) =>
    `--init-from: nothing of ${source} fits ${network}, which has another backbone; leave out --backbone or --model to train on what is there.`,
  // A flag for it there is not: whoever trained the weights has them in one file, and can have them in another.
  'unusable-weights': ({ file, reason }) =>
    `--pretrained ${file}: ${reason.replace(/expected the option stateDict, one of (.*), or a file of that one alone/, 'expected a file of one of them alone, $1')}.`,
  'out-of-memory': ({ epoch, step, batchSize, imageSize, workers }) => {
    const images = `${countOf(batchSize, 'image')} of ${imageSize} pixels${workers > 1 ? ` in ${workers} threads` : ''}`;
    const [fit, smaller] = batchSize === 1 ? ['does not fit', '--image-size'] : ['do not fit', '--batch-size'];
    const share = batchSize === 1 || workers > 1 ? '' : ', or --workers 2 to share each batch';
    return `training stopped in epoch ${epoch}, step ${step}: ${images} ${fit} into the 4 GB of memory that the backend wasm has in a thread; give a smaller ${smaller}${share}.`;
  },
  'undrawable-object': ({ epoch, step, reason }) => `training stopped in epoch ${epoch}, step ${step}: ${reason}.`,
  'disk-full': ({ path, reason, run }) =>
    `${path}: ${reason}; free some space, then ${run ? `go on with kanrecon train --out ${run} --resume` : 'give the same command again'}.`,
  'not-streamed': () => '--stream-workers goes with a run on streamed images; this one trains on a data set.',
};

/** A training's mistake in the program's own words; undefined where the library's are as good. */
export function describeTrainingError({ code, details }: TrainingError): string | undefined {
  const word = words[code] as ((details: unknown) => string | undefined) | undefined;
  return word?.(details);
}

/** The shortest value of `--augment` that names these parts. */
function augmentFlag(parts: readonly string[]): string {
  const set = Object.entries(augmentationSets).find(([, of]) => of.join() === parts.join());
  return set?.[0] ?? parts.join(',');
}
