import type { ReportGallery, ReportPair } from './report-data.js';

/** The gallery of what a run's own network read off images. */
export function networkGallery(pairs: readonly ReportPair[]): ReportGallery {
  return {
    title: 'More reconstructions',
    about: 'Left the image, right what the network rebuilt from it alone; the colour is estimated from the image.',
    pairs,
  };
}
