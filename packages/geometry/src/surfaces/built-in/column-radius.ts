/**
 * The greatest distance from the axis of a waving column: max over v in [0, height] of |radius + wave_amp · cos(wave_freq · v)|.
 *
 * @param parameters radius, height, twist_amp, twist_freq, wave_amp, wave_freq
 */
export function columnRadius(parameters: ArrayLike<number>): number {
  const phase = Math.abs(parameters[5] * parameters[1]);
  // cos goes from 1 at v = 0 down to this.
  const least = phase >= Math.PI ? -1 : Math.cos(phase);
  return Math.max(Math.abs(parameters[0] + parameters[4]), Math.abs(parameters[0] + parameters[4] * least));
}
