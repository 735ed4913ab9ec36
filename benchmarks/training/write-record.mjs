import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/**
 * Writes what a series of measurements found, with the day and the machine.
 *
 * @param {string} out path below benchmarks/
 * @param {{ what: string, machine: object, [more: string]: unknown }} record `machine`: what else is to be said of it
 */
export function writeRecord(out, { what, machine, ...found }) {
  const { model } = cpus()[0] ?? {};
  const all = { cpu: model, cores: cpus().length, node: process.version, ...machine };
  const record = { what, date: new Date().toISOString(), machine: all, ...found };
  const file = new URL(`../${out}`, import.meta.url);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  console.log(`Written to benchmarks/${out}.`);
}
