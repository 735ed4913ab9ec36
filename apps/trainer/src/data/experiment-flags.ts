import { modelByName, uncertainties } from '@kanrecon/model/names';
import {
  type ExperimentOptions,
  type ExperimentPart,
  mergeExperiment,
  parseAugmentations,
  type RecipeName,
  recipeNames,
  recipePart,
  scheduleNames,
} from '@kanrecon/training/names';
import type { OptionValues } from '../cli/define-command.js';
import { backboneFlagNames, backboneFlags, headFlagNames, headFlags } from '../cli/model-flags.js';
import { modelOption } from '../cli/model-option.js';
import { choice, integer, integerList, number, type OptionSpec, seed, toggle } from '../cli/option-types.js';
import { augmentOption } from './augment-option.js';

/** A flag of `kanrecon train` and the field of an experiment that it is about. */
interface ExperimentFlag<T> {
  readonly option: OptionSpec<T>;
  /** The flag's value in a part of an experiment; undefined where that says nothing of it. */
  read(part: ExperimentPart): T | undefined;
  /** The part of an experiment that the flag asks for. */
  write(value: T): ExperimentPart;
}

/** Every flag that an experiment is made of, but for its data: all that the program knows of a setting is its row. */
const table = {
  backbone: row(
    choice({ about: 'Feature extractor', of: backboneFlagNames, default: 'squeezenet' }),
    ({ model }) => flagOf(backboneFlags, model?.backbone),
    (flag) => ({ model: { backbone: backboneFlags[flag] } }),
  ),
  head: row(
    choice({ about: `Regression head: ${headFlagNames.join(', ')}`, of: headFlagNames, default: 'fourier' }),
    ({ model }) => flagOf(headFlags, model?.head?.type),
    (flag) => ({ model: { head: { type: headFlags[flag] } } }),
  ),
  widths: row(
    integerList({ about: "Widths of the head's hidden layers", default: [] }),
    ({ model }) => model?.head?.widths,
    (widths) => ({ model: { head: { widths: [...widths] } } }),
  ),
  dropout: row(
    number({ about: 'Dropout before each layer of the head', min: 0, below: 1, default: 0.4 }),
    ({ model }) => model?.head?.dropout,
    (dropout) => ({ model: { head: { dropout } } }),
  ),
  // Behind those that a name is made of, which gives way to none of them.
  model: row(
    modelOption(),
    () => undefined,
    (name) => (name === undefined ? {} : { model: modelByName(name) }),
  ),
  uncertainty: row(
    choice({
      about: 'What the head says of how sure it is: nothing, or a standard deviation for each number',
      of: uncertainties,
      default: 'none',
    }),
    ({ model }) => model?.head?.uncertainty,
    (uncertainty) => ({ model: { head: { uncertainty } } }),
  ),
  camera: row(
    toggle({
      about: 'Also find the camera: those of its angles that such images show',
      off: 'Find the shape alone, also where the recipe finds the camera',
      default: false,
    }),
    ({ camera }) => camera,
    (camera) => ({ camera }),
  ),
  epochs: row(
    integer({ about: 'Times through the training images', min: 1, default: 100 }),
    ({ budget }) => budget?.epochs,
    (epochs) => ({ budget: { epochs } }),
  ),
  'batch-size': row(
    integer({ about: 'Images a step', min: 1, max: 4096, default: 16 }),
    ({ batchSize }) => batchSize,
    (batchSize) => ({ batchSize }),
  ),
  'image-size': row(
    integer({ about: 'Pixels the images are scaled to', min: 32, max: 1024, default: 128 }),
    ({ model }) => model?.imageSize,
    (imageSize) => ({ model: { imageSize } }),
  ),
  'grow-sizes': row(
    integerList({
      about: 'Sizes that images have before they have that of --image-size, from the smallest up (none)',
      default: undefined,
    }),
    ({ growth }) => growth?.sizes,
    (sizes) => (sizes === undefined || sizes.length === 0 ? {} : { growth: { sizes: [...sizes] } }),
  ),
  'grow-share': row(
    number({
      about: 'With --grow-sizes: share of the epochs that these sizes have together (.3)',
      above: 0,
      below: 1,
      default: undefined,
    }),
    ({ growth }) => growth?.share,
    (share) => (share === undefined ? {} : { growth: { share } }),
  ),
  'learning-rate': row(
    number({ about: 'Highest learning rate', above: 0, default: 5e-4 }),
    ({ optimizer }) => optimizer?.learningRate,
    (learningRate) => ({ optimizer: { learningRate } }),
  ),
  'backbone-rate': row(
    number({
      about: "The backbone's highest learning rate, where it is another than the head's",
      above: 0,
      default: undefined,
      advice: 'a backbone that shall not change is that of a network with LOCK in its name, see --model',
    }),
    ({ optimizer }) => optimizer?.backboneRate,
    (backboneRate) => (backboneRate === undefined ? {} : { optimizer: { backboneRate } }),
  ),
  'weight-decay': row(
    number({ about: 'Decoupled weight decay (AdamW)', min: 0, default: 0.01 }),
    ({ optimizer }) => optimizer?.weightDecay,
    (weightDecay) => ({ optimizer: { weightDecay } }),
  ),
  'clip-norm': row(
    number({
      about: 'Longest that the gradients together may be; longer ones are shortened to it (none)',
      above: 0,
      default: undefined,
    }),
    ({ optimizer }) => optimizer?.clipNorm,
    (clipNorm) => (clipNorm === undefined ? {} : { optimizer: { clipNorm } }),
  ),
  'average-decay': row(
    number({
      about: "How much of the weights' moving average stays at each step; that average is the network then (none)",
      min: 0,
      below: 1,
      default: undefined,
    }),
    ({ optimizer }) => optimizer?.averageDecay,
    (averageDecay) => (averageDecay === undefined ? {} : { optimizer: { averageDecay } }),
  ),
  schedule: row(
    choice({ about: 'Course of the learning rate', of: scheduleNames, default: 'cosine' }),
    ({ schedule }) => schedule,
    (schedule) => ({ schedule }),
  ),
  'step-epochs': row(
    integer({ about: 'With --schedule step: epochs between two drops of the rate (20)', min: 1, default: undefined }),
    ({ stepDecay }) => stepDecay?.every,
    (every) => (every === undefined ? {} : { stepDecay: { every } }),
  ),
  'step-gamma': row(
    number({ about: 'With --schedule step: factor of each drop (.7)', above: 0, below: 1, default: undefined }),
    ({ stepDecay }) => stepDecay?.gamma,
    (gamma) => (gamma === undefined ? {} : { stepDecay: { gamma } }),
  ),
  augment: row(
    augmentOption(),
    ({ augmentation }) => augmentation && (augmentation.join(',') || 'none'),
    (names) => ({ augmentation: parseAugmentations(names) ?? [] }),
  ),
  seed: row(
    seed({ about: 'Seed of weights, order, augmentation, dropout' }),
    (part) => part.seed,
    (value) => ({ seed: value }),
  ),
  workers: row(
    integer({
      about: 'Threads that share each batch (backend wasm or cpu); the numbers depend on it',
      min: 1,
      max: 64,
      default: 1,
    }),
    ({ workers }) => workers,
    (workers) => ({ workers }),
  ),
};

type Table = typeof table;
type FlagName = keyof Table;
const rows = Object.entries(table) as [FlagName, ExperimentFlag<unknown>][];

/** The flags of `kanrecon train` that an experiment is made of, as options of a command. */
export const experimentOptions = Object.fromEntries(rows.map(([name, { option }]) => [name, option])) as {
  [Name in FlagName]: Table[Name]['option'];
};

/** Their values. */
export type ExperimentFlags = OptionValues<typeof experimentOptions>;

/**
 * The experiment that flags ask for.
 *
 * @param given names of the flags that were given, which override `source`
 * @param source a part of the experiment that overrides defaults and recipe
 */
export function experimentFromFlags(
  flags: ExperimentFlags,
  data: ExperimentOptions['data'],
  given: ReadonlySet<string> = new Set(),
  source: ExperimentPart = {},
): ExperimentOptions {
  const parts = (of: typeof rows) => of.map(([name, { write }]) => write(flags[name]));
  const own = rows.filter(([name]) => given.has(name));
  // Every field that an experiment needs has its row.
  return mergeExperiment(...parts(rows), source, ...parts(own), { data }) as ExperimentOptions;
}

/** The inverse: the flags that ask for a part of an experiment, as words of a command line. What the part leaves out is left out. */
export function flagsOfExperiment(part: ExperimentPart): Partial<Record<FlagName, string>> {
  const words = Object.entries(flagValues(part)).map(([name, value]) => [name, String(value) || 'none']);
  return Object.fromEntries(words);
}

/** The same as values, as they are when the command line has been read. */
function flagValues(part: ExperimentPart): Partial<ExperimentFlags> {
  const values = rows.map(([name, { read }]) => [name, read(part)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** What `--recipe` takes; `none` leaves every flag at its own default. */
export const recipeFlags = ['none', ...recipeNames] as const;

/**
 * The options with the recipe's values where no flag was given. Its backend is no part of it: wasm, if it trains in several threads, which
 * not every backend can.
 *
 * @param given names of the flags that were given
 */
export function withRecipe<T extends object>(options: T, name: 'none' | RecipeName, given: ReadonlySet<string>): T {
  if (name === 'none') return options;
  const recipe = recipePart(name, given.has('stream') ? 'stream' : 'dataset');
  const values = { ...flagValues(recipe), ...((recipe.workers ?? 1) > 1 && { backend: 'wasm' }) };
  return { ...options, ...Object.fromEntries(Object.entries(values).filter(([flag]) => !given.has(flag))) };
}

function row<T>(
  option: OptionSpec<T>,
  read: ExperimentFlag<T>['read'],
  write: ExperimentFlag<T>['write'],
): ExperimentFlag<T> {
  return { option, read, write };
}

function flagOf<Flag extends string>(
  names: Readonly<Record<Flag, string>>,
  value: string | undefined,
): Flag | undefined {
  return (Object.keys(names) as Flag[]).find((flag) => names[flag] === value);
}
