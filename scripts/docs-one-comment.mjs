/**
 * The fields of a type that valibot infers have one comment each, in the schema, but TypeScript names its place twice, and typedoc warns
 * of two comments. This passes over the warning where both are at the same place; it comes just before the note of the places.
 *
 * @param {import('typedoc').Logger} logger is changed
 */
export function countSameCommentOnce(logger) {
  const { warn, info } = logger;
  let pending;
  logger.warn = (...warning) => {
    giveOut();
    if (/ has multiple declarations with a comment/.test(warning[0])) pending = warning;
    else warn.apply(logger, warning);
  };
  logger.info = (...note) => {
    const places = /^The comments for .* are declared at:\n(.*)$/s
      .exec(note[0])?.[1]
      .split('\n')
      .map((place) => place.trim());
    if (places && new Set(places).size === 1) pending = undefined;
    giveOut();
    info.apply(logger, note);
  };

  function giveOut() {
    if (pending) warn.apply(logger, pending);
    pending = undefined;
  }
}
