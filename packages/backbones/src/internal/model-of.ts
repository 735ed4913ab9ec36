import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * The model that is meant by a model or by what `createBackbone` gives.
 *
 * @param caller begins the error
 * @throws TypeError for anything else
 */
export function modelOf(caller: string, backbone: LayersModel | { readonly model: LayersModel }): LayersModel {
  const given: unknown = backbone;
  for (const one of [given, (given as { model?: unknown } | null | undefined)?.model]) {
    if (typeof one === 'object' && one !== null && 'layers' in one) return one as LayersModel;
  }
  const got = given === null ? 'null' : typeof given;
  throw new TypeError(`${caller}: the backbone is wrong; expected a model or what createBackbone gives, got ${got}`);
}
