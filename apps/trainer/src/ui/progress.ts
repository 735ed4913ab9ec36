import { SingleBar } from 'cli-progress';
import { formatDuration } from './format-duration.js';

/** Shows how far a long job is. */
export interface Progress {
  /** @param done how many of the total are finished; @param note something short at the end of the line */
  update(done: number, note?: string): void;
  /** Takes the bar off the terminal; call it also when the job fails. */
  stop(): void;
}

export interface ProgressOptions {
  label: string;
  total: number;
  /** What is counted, in the plural: `images`. */
  unit: string;
  /** How many were done before this run began (a resumed job): they count as done but not towards the rate. */
  initial?: number;
  stream: NodeJS.WriteStream;
  /** Seconds between two lines where the stream is no terminal. Default 5. */
  everySeconds?: number;
}

/** A bar with rate and time left on a terminal, a plain line every few seconds anywhere else (logs, CI, pipes). */
export function createProgress(options: ProgressOptions): Progress {
  return options.stream.isTTY ? createBar(options) : createLines(options);
}

function createBar({ label, total, unit, initial = 0, stream }: ProgressOptions): Progress {
  const bar = new SingleBar({
    format: `${label} {bar} {percentage}% · {value}/{total} ${unit} · {rate}/s · {left} left{note}`,
    stream,
    hideCursor: true,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    linewrap: true,
    gracefulExit: false,
  });
  const pace = createPace(total, initial);
  bar.start(total, initial, { rate: '–', left: '–', note: '' });
  return {
    update(done, note) {
      const { rate, left } = pace(done);
      bar.update(done, { rate: formatRate(rate), left: formatDuration(left), note: note ? ` · ${note}` : '' });
    },
    stop: () => bar.stop(),
  };
}

function createLines({ label, total, unit, initial = 0, stream, everySeconds = 5 }: ProgressOptions): Progress {
  const pace = createPace(total, initial);
  let last = performance.now();
  return {
    update(done, note) {
      const now = performance.now();
      if (now - last < everySeconds * 1000) return;
      last = now;
      const { rate, left } = pace(done);
      const percent = Math.floor((100 * done) / Math.max(1, total));
      const rest = `${formatRate(rate)} ${unit}/s, ${formatDuration(left)} left${note ? `, ${note}` : ''}`;
      stream.write(`${label}: ${percent} % (${done}/${total} ${unit}), ${rest}\n`);
    },
    stop() {},
  };
}

/** Rate over the last ten seconds or so: a stage that speeds up or slows down shows its new pace soon. */
function createPace(total: number, initial: number) {
  const marks: [time: number, done: number][] = [[performance.now(), initial]];
  return (done: number) => {
    const now = performance.now();
    while (marks.length > 2 && now - marks[1]![0] > 10_000) marks.shift();
    const [time, from] = marks[0]!;
    if (now - marks.at(-1)![0] > 500) marks.push([now, done]);
    const rate = (done - from) / Math.max(1e-3, (now - time) / 1000);
    return { rate, left: rate > 0 ? (total - done) / rate : 0 };
  };
}

/** A rate in short, as a plain number: two digits, whole from 10 on. */
export function formatRate(rate: number): string {
  if (rate >= 9.95) return rate.toFixed(0);
  if (rate >= 0.0995) return rate.toFixed(rate >= 0.995 ? 1 : 2);
  return rate.toFixed(3);
}
