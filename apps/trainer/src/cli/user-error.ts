/**
 * A mistake the user can mend: a wrong flag, a missing folder, a broken file. The program prints its message (one or two
 * sentences that say what was expected) without a stack trace and exits with 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}
