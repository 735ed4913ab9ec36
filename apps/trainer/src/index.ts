export { UserError } from './cli/user-error.js';
export { main } from './cli.js';
