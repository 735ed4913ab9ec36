import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a program that stands in for Blender, to see what happens when Blender goes wrong.
 *
 * @param version what it answers to --version
 * @param body JavaScript, run when it is started for work; `answer(json)` speaks to us, `onJob(work)` hears of jobs
 */
export function fakeBlender(folder: string, version: string, body = ''): string {
  const path = join(folder, `blender-${Math.random().toString(36).slice(2)}`);
  const script = `#!${process.execPath}
const { createInterface } = require('node:readline');
const { writeFileSync } = require('node:fs');
if (process.argv.includes('--version')) {
  console.log(${JSON.stringify(version)});
  process.exit(0);
}
const answer = (json) => process.stdout.write('Fra:1 Mem:9M |\\n@kanrecon ' + JSON.stringify(json) + '\\n');
const onJob = (work) => createInterface({ input: process.stdin }).on('line', (line) => work(JSON.parse(line)));
${body}
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}
