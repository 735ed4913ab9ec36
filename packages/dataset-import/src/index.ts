export { type DownloadedFile, downloadDataset } from './download/download-dataset.js';
export {
  type ImportDatasetOptions,
  type ImportStage,
  type ImportSummary,
  importDataset,
} from './import/import-dataset.js';
