import type { TrainSettings } from '../../worker/training/train-settings.js';
import { backbones, heads } from '../train-choices.js';

/** How a network is trained, in a sentence. */
export function settingsWords(settings: TrainSettings): string {
  const { scene, backbone, head, imageSize, epochs, epochImages, batchSize, learningRate, seed, begin } = settings;
  const surface = typeof scene === 'string' ? undefined : scene.surface;
  const thing =
    typeof scene === 'string'
      ? `the scene ${scene}`
      : `the surface ${typeof surface === 'object' ? surface.name : (surface ?? scene.name)}`;
  const network = `${backbones[backbone]} with the head ${heads.find(({ name }) => name === head)?.words ?? head}`;
  return `Images of ${thing}, ${imageSize} pixels wide; ${network}; ${epochs === 1 ? '1 epoch' : `${epochs} epochs`} of ${epochImages.toLocaleString('en')} images, ${batchSize} a step; learning rate ${learningRate}, seed ${seed}${begin ? `; begun from ${begin.model}` : ''}.`;
}
