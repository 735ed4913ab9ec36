/** What an error knows besides its message. */
export interface UserErrorOptions extends ErrorOptions {
  /** Which mistake it is. */
  code?: string;
}

/**
 * A mistake the user can mend: a wrong flag, a missing folder, a broken file. The program prints its message (one or two
 * sentences that say what was expected) without a stack trace and exits with 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Which mistake it is, such as `unknown-flag`, for what decides by it; the words of the message are for people. */
  readonly code: string | undefined;

  constructor(message: string, { code, ...options }: UserErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
