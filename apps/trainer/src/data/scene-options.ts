import { surfaceNames } from '@kanrecon/geometry/names';
import { choice, range, text } from '../cli/option-types.js';

/** Names of the scenes, spelled out so that `--help` loads no renderer. A test compares them with the packages'. */
export const sceneFlags = ['study', 'observable', 'fluted', 'robust'] as const;
/** Names of the patterns. */
export const patternFlags = ['plain', 'hue-wheel', 'stripes', 'checker'] as const;

/** The flags that say how images are drawn. */
export const sceneOptions = {
  scene: {
    ...choice({
      about: 'How objects, cameras and light are drawn',
      of: sceneFlags,
      default: 'study',
      advice: 'for other objects, or your own, use --surface',
    }),
    formerly: 'preset',
  },
  surface: text({
    about: "Kind of object: a built-in name, or a JSON file with formulas (default: the scene's)",
    value: 'name|file',
    expected: `one of ${surfaceNames().join(', ')}, or a file of formulas that ends in .json`,
    default: undefined,
  }),
  pattern: text({
    about: `What is painted on it: ${patternFlags.join(', ')} (default: the scene's)`,
    value: 'name',
    expected: `one of ${patternFlags.join(', ')}`,
    words: patternFlags,
    default: undefined,
  }),
  camera: text({
    about:
      'fitted (to each object: size cannot be seen), fixed (at a distance that shows every object whole) or a distance',
    value: 'place',
    expected: "fitted, fixed or a distance in the object's units",
    default: undefined,
  }),
  focal: range({ about: 'Focal length, mm on a sensor of 36 mm; study: 50', min: 2, max: 1000 }),
  color: range({
    about: 'One range for red, green and blue of the objects, linear; study: 0..1',
    min: 0,
    max: 1,
    of: 'red, green and blue alike',
  }),
  background: range({ about: 'Grey behind them, bytes; study: 197', min: 0, max: 255 }),
  'light-tilt': range({ about: 'Degrees between sun and vertical, to any side; study: 0', min: 0, max: 90 }),
  'light-strength': range({ about: 'Strength of the sun; study: 1', min: 0, max: 100 }),
  ambient: range({ about: 'Light from all around; study: 0.1987', min: 0, max: 10 }),
  occluders: range({ about: 'Rectangles in front of each object', min: 0, max: 100, whole: true }),
  blur: range({ about: 'Blur, standard deviation in 128ths of the image', min: 0, max: 32 }),
  noise: range({ about: 'Noise, standard deviation in 1/255', min: 0, max: 255 }),
  jpeg: range({ about: 'Marks of JPEG of this quality; 100 is none', min: 1, max: 100, whole: true }),
  options: text({
    about: 'JSON file with any of this, as "changes" in synthesis.json; flags go before it',
    value: 'file',
    default: undefined,
  }),
} as const;
