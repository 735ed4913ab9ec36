// Started as a process of its own by tryBackend: measures one backend and prints what came of it as JSON.
import type { BackendName } from './backend-names.js';
import { measureBackend } from './measure-backend.js';

const trial = await measureBackend(process.argv[2] as BackendName);
process.stdout.write(`${JSON.stringify(trial)}\n`);
