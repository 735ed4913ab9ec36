export { UserError, type UserErrorOptions } from './cli/user-error.js';
export { main } from './cli.js';
