import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { FILM, firstTask, IMAGE, SEQUENCE, widthTask } from './layer-tasks.js';

/** tfjs refuses it on every backend. */
const DILATION = 'tfjs has no gradient with dilation';
const CONV3D = 'Conv3DBackpropFilterV2';

/** Convolutions, and what changes the sizes of images. */
export const convolutionLayers: LayerCase[] = [
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 3 })),
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }), 'strides'),
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 2, dilationRate: 2 }), 'dilated', {
    noReference: DILATION,
  }),
  one('conv1d', SEQUENCE, () => layers.conv1d({ filters: 4, kernelSize: 3, padding: 'causal' }), 'causal', {
    fails: /CAUSAL padding mode/,
  }),
  one('conv2d', IMAGE, () => layers.conv2d({ filters: 5, kernelSize: 3 })),
  one('conv2d', IMAGE, () => layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }), 'strides'),
  one('conv2d', IMAGE, () => layers.conv2d({ filters: 5, kernelSize: [2, 3], dilationRate: 2 }), 'dilated', {
    noReference: DILATION,
  }),
  one(
    'conv2d',
    IMAGE,
    () => layers.conv2d({ filters: 5, kernelSize: 3, dataFormat: 'channelsFirst' }),
    'channelsFirst',
  ),
  one('conv2dTranspose', IMAGE, () => layers.conv2dTranspose({ filters: 3, kernelSize: 3 })),
  one(
    'conv2dTranspose',
    IMAGE,
    () => layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    'strides',
  ),
  one('conv3d', FILM, () => layers.conv3d({ filters: 4, kernelSize: 2 }), undefined, { needs: CONV3D }),
  one('conv3d', FILM, () => layers.conv3d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }), 'strides', {
    needs: CONV3D,
  }),
  one('conv3dTranspose', FILM, () => layers.conv3dTranspose({ filters: 2, kernelSize: 2 }), undefined, {
    needs: CONV3D,
    noReference: 'tfjs has no gradient',
  }),
  one(
    'conv3dTranspose',
    FILM,
    () => layers.conv3dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
    'strides',
    { needs: CONV3D, noReference: 'tfjs has no gradient' },
  ),
  one('separableConv2d', IMAGE, () => layers.separableConv2d({ filters: 5, kernelSize: 3 })),
  one(
    'separableConv2d',
    IMAGE,
    () => layers.separableConv2d({ filters: 5, kernelSize: 3, depthMultiplier: 2, dilationRate: 2, padding: 'same' }),
    'dilated',
    { noReference: DILATION },
  ),
  one('depthwiseConv2d', IMAGE, () => layers.depthwiseConv2d({ kernelSize: 3 })),
  one(
    'depthwiseConv2d',
    IMAGE,
    () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: 2, padding: 'same' }),
    'depthMultiplier, strides',
  ),
  one('cropping2D', IMAGE, () =>
    layers.cropping2D({
      cropping: [
        [1, 2],
        [0, 3],
      ],
    }),
  ),
  one('upSampling2d', IMAGE, () => layers.upSampling2d({ size: [2, 3] }), undefined, {
    noReference: 'the cpu backend reads the gradient of all images but the first in the wrong place',
  }),
  one('upSampling2d', IMAGE, () => layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }), 'bilinear', {
    noReference: 'the cpu backend swaps height and width',
  }),
  one(
    'upSampling2d',
    IMAGE,
    () => layers.upSampling2d({ size: [2, 2], dataFormat: 'channelsFirst' }),
    'channelsFirst',
    { noReference: 'the cpu backend reads the gradient of all images but the first in the wrong place' },
  ),
  one('zeroPadding2d', IMAGE, () =>
    layers.zeroPadding2d({
      padding: [
        [1, 2],
        [3, 0],
      ],
    }),
  ),
  one('resizing', IMAGE, () => layers.resizing({ height: 5, width: 11 }), undefined, {
    fails: /rank 3 or 4|typed array length/,
  }),
  one('centerCrop', IMAGE, () => layers.centerCrop({ height: 5, width: 6 }), undefined, {
    fails: /gradient function not found for CropAndResize/,
  }),
  {
    layer: 'centerCrop',
    form: 'of the input',
    build: () => firstTask(IMAGE, () => layers.centerCrop({ height: 5, width: 6 })),
  },
  { layer: 'randomWidth', build: widthTask, fails: /expected ndim=4, found ndim=3/ },
];
