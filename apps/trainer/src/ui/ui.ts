import { type ConsolaInstance, createConsola } from 'consola/basic';
import { createProgress, type Progress, type ProgressOptions } from './progress.js';

/** All that a command says to its user. */
export interface Ui {
  /** A line of the result, for people: on stdout, or on stderr when stdout belongs to the JSON document. */
  say(line?: string): void;
  /** A line on what is going on, on stderr. */
  note(line: string): void;
  /** Something the user should know though the work goes on, on stderr. */
  warn(line: string): void;
  /** A detail, shown with `--verbose` only, on stderr. */
  detail(line: string): void;
  /** Progress of a long job, on stderr. */
  progress(options: Omit<ProgressOptions, 'stream'>): Progress;
  readonly json: boolean;
}

export interface UiOptions {
  json: boolean;
  verbose: boolean;
}

/** The program's voice: results on stdout, everything else on stderr. */
export function createUi({ json, verbose }: UiOptions): Ui {
  const log = stderrLog();
  const results = json ? process.stderr : process.stdout;
  return {
    json,
    say: (line = '') => void results.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    warn: (line) => log.warn(line),
    detail: (line) => void (verbose && process.stderr.write(`${line}\n`)),
    progress: (options) => createProgress({ ...options, stream: process.stderr }),
  };
}

/** A consola that writes to stderr alone. */
export function stderrLog(): ConsolaInstance {
  return createConsola({
    stdout: process.stderr,
    stderr: process.stderr,
    formatOptions: { date: false, compact: true },
  });
}
