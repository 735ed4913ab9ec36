/** Files of one run among those that were opened, by their paths. */
export interface RunPaths {
  /** Its folder, as far as the paths tell it: empty for files by themselves. */
  readonly folder: string;
  readonly log?: string;
  readonly metrics?: string;
  /** What may tell of its model, the best first. */
  readonly configs: readonly string[];
  readonly evaluations: readonly {
    readonly folder: string;
    readonly evaluation: string;
    readonly predictions: string;
  }[];
}

/** What was opened, sorted. */
export interface GroupedFiles {
  readonly runs: readonly RunPaths[];
  /** In sentences: evaluations of which a file is missing. */
  readonly problems: readonly string[];
}

/** Of a run's checkpoints, and of a model that was saved with its log. */
const configs = ['best/config.json', 'last/config.json', 'config.json'];

/** Finds the runs among paths: each folder with a log or a summary is one, with the evaluations below it; other evaluations stand alone. */
export function groupFiles(paths: readonly string[]): GroupedFiles {
  const there = new Set(paths);
  const foldersWith = (...names: readonly string[]) =>
    new Set(paths.filter((path) => names.includes(nameOf(path))).map(folderOf));
  const runFolders = [...foldersWith('log.jsonl', 'metrics.json')];
  const problems: string[] = [];
  const evaluations = [...foldersWith('evaluation.json', 'predictions.csv')].sort().flatMap((folder) => {
    const [evaluation, predictions] = [`${folder}evaluation.json`, `${folder}predictions.csv`];
    if (there.has(evaluation) && there.has(predictions)) return [{ folder, evaluation, predictions }];
    const [has, lacks] = there.has(evaluation) ? [evaluation, predictions] : [predictions, evaluation];
    problems.push(
      `“${has}” is one half of an evaluation; open it together with ${nameOf(lacks)}, which lies beside it.`,
    );
    return [];
  });
  const ownerOf = (folder: string) =>
    runFolders.filter((run) => folder.startsWith(run)).sort((a, b) => b.length - a.length)[0];
  const runs = runFolders.sort().map((folder): RunPaths => {
    const optional = (name: 'log' | 'metrics', file: string) =>
      there.has(folder + file) ? { [name]: folder + file } : {};
    return {
      folder,
      ...optional('log', 'log.jsonl'),
      ...optional('metrics', 'metrics.json'),
      configs: configs.map((file) => folder + file).filter((path) => there.has(path)),
      evaluations: evaluations.filter((one) => ownerOf(one.folder) === folder),
    };
  });
  const alone = evaluations.filter((one) => ownerOf(one.folder) === undefined);
  return {
    runs: [...runs, ...alone.map((one) => ({ folder: one.folder, configs: [], evaluations: [one] }))],
    problems,
  };
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What comes before it, with the stroke. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
