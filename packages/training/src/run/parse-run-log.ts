import { type EpochRecord, parseEpochRecord } from '../loop/training-state.js';

/** What a run's `log.jsonl` tells. */
export interface RunLog {
  /** The epochs, up to the first line that is damaged. */
  readonly history: readonly EpochRecord[];
  /** Which line that is and what is wrong with it, in words: `line 2 is damaged: it cannot be read as JSON`. */
  readonly damage?: string;
}

/** Reads a run's `log.jsonl`: one epoch a line. */
export function parseRunLog(text: string): RunLog {
  const history: EpochRecord[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const record = recordOf(line);
    if (typeof record === 'string') return { history, damage: `line ${index + 1} is damaged: ${record}` };
    history.push(record);
  }
  return { history };
}

/** An epoch from its line. @returns what is wrong with it, in words, if it is not one */
export function recordOf(line: string): EpochRecord | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'it cannot be read as JSON';
  }
  return parseEpochRecord(json);
}
