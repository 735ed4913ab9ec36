import type { Ui } from '../ui/ui.js';
import type { OptionSpec } from './option-types.js';

/** The options of a command by their long name in kebab-case. */
export type OptionSpecs = Record<string, OptionSpec<unknown>>;

/** The parsed values of a command's options, under the same kebab-case names. */
export type OptionValues<O extends OptionSpecs> = { [K in keyof O]: O[K] extends OptionSpec<infer T> ? T : never };

/** What a command gets to work with. */
export interface CommandContext<O extends OptionSpecs> {
  /** Words after the command that are no flags. */
  args: string[];
  options: OptionValues<O>;
  /** Names of the flags that were really given, to tell them from defaults. */
  given: ReadonlySet<string>;
  ui: Ui;
  /** Aborted at the first Ctrl-C: finish the step in hand, save, return. */
  signal: AbortSignal;
}

/** One command of the program: its help and its (thin) action. The action's result is what `--json` prints. */
export interface CommandSpec<O extends OptionSpecs = OptionSpecs> {
  name: string;
  /** Positional arguments in the usage line, such as `<run>` or `<image...>`. */
  args?: string;
  /** The flags that it cannot do without, for the usage line: `--out <dir>`. */
  needs?: string;
  about: string;
  options: O;
  examples: readonly string[];
  /** Whether its result is files, so that it goes on when nobody reads what it says any more. */
  makesFiles?: boolean;
  /** Whether the same command, after Ctrl-C, goes on from what it has done; where left out, it begins anew. */
  goesOn?(options: OptionValues<O>): boolean;
  run(context: CommandContext<O>): Promise<CommandResult>;
}

/** What a finished command hands back. */
export interface CommandResult {
  /** Printed as one JSON document on stdout with `--json`. */
  json: unknown;
  /** 0 unless said otherwise. */
  exitCode?: number;
}

/** Types a command by its own options; the program's table holds all commands in the general type. */
export function defineCommand<O extends OptionSpecs>(spec: CommandSpec<O>): CommandSpec {
  return spec as unknown as CommandSpec;
}
