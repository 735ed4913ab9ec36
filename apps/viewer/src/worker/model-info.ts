import { sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import type { LoadedNetwork } from './loaded-network.js';
import type { NetworkKind } from './network-kind.js';
import type { ModelInfo } from './protocol.js';

/** A network, as the page needs to know it. */
export function modelInfo({ name, scene, reconstructor, limits, served }: LoadedNetwork): ModelInfo {
  const { invisible } = (reconstructor.card.limits ?? {}) as { invisible?: unknown };
  const parameters = scene.surface.parameters.map((parameter) => parameter.name);
  return {
    name,
    scene: sceneToJson(sceneWithOwnRanges(scene)),
    ranges: scene.surface.parameters.map(({ name, min, max }) => ({ name, min, max })),
    invisible: Array.isArray(invisible) ? parameters.filter((parameter) => invisible.includes(parameter)) : [],
    limits,
    ...(served !== undefined && { served }),
    network: networkKind(reconstructor, parameters.length),
  };
}

/** @param shape how many of its targets are the shape's: what else it predicts is the camera */
function networkKind({ config, targets }: LoadedNetwork['reconstructor'], shape: number): NetworkKind {
  const { backbone, imageSize, fit, mean, std, head } = config;
  return {
    ...{ backbone, imageSize, fit, mean, std },
    ...{ head: head.type, widths: head.widths },
    camera: targets.length > shape,
    intervals: head.uncertainty === 'gaussian',
  };
}
