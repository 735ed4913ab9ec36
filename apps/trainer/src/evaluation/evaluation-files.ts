import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMadeFile, MadeFiles, OutputFiles } from '@kanrecon/files/node';
import type { Evaluation } from './evaluation.js';
import { evaluationFile } from './evaluation-json.js';
import { predictionsCsv } from './predictions-csv.js';
import { toStudyJson } from './sample-prediction.js';

/** The files of an evaluation, which belong together: none of an earlier one stays beside them. */
export interface EvaluationFiles {
  /** Where a report goes. */
  readonly report: string;
  /** Writes all but the report. @returns the path of an earlier evaluation's report, which is removed, if one was there */
  write(evaluation: Evaluation): Promise<string | undefined>;
}

/**
 * Finds out whether an evaluation's files can be written. Nothing is written yet.
 *
 * @param report whether there is to be one
 * @throws FileInTheWayError if one would replace what this program did not make, or a report of an earlier evaluation was changed since
 */
export async function evaluationFiles(out: string, report = false): Promise<EvaluationFiles> {
  const page = join(out, 'report.html');
  const contents: Readonly<Record<string, (evaluation: Evaluation) => unknown>> = {
    'best_prediction.json': ({ predictions }) => toStudyJson(predictions[0]!),
    'worst_prediction.json': ({ predictions }) => toStudyJson(predictions.at(-1)!),
    'predictions.csv': ({ predictions }) => predictionsCsv(predictions),
    'evaluation.json': evaluationFile,
  };
  const files = new OutputFiles();
  const paths = Object.keys(contents).map((name) => join(out, name));
  if (report || (await MadeFiles.open(out)).has('report.html')) paths.push(page);
  await files.check(paths.map((path) => ({ path })));
  return {
    report: page,
    async write(evaluation) {
      const earlier = await isMadeFile(page);
      if (earlier) await rm(page);
      for (const [name, of] of Object.entries(contents)) {
        const content = of(evaluation);
        const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
        await files.write({ path: join(out, name) }, text);
      }
      return earlier ? page : undefined;
    },
  };
}
