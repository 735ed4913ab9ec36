import type { JSX } from 'preact';
import { dragColor, dragLight, endDrag } from '../actions/edit-current.js';
import { colorOfHex, hexOfColor } from '../object/hex-color.js';
import type { ShownObject } from '../state/shown.js';
import { digits } from './format.js';
import { LightSlider } from './light-slider.js';

interface LookControlsProps {
  readonly object: ShownObject;
  readonly disabled: boolean;
}

const degree = Math.PI / 180;
/** Whole degrees, below a turn and never negative. */
const turn = (radians: number) => ((Math.round(radians / degree) % 360) + 360) % 360;

/** The object's colour and its light, to be set by hand. */
export function LookControls({ object: { scene, view, baseColor }, disabled }: LookControlsProps): JSX.Element {
  const { tilt, azimuth, strength, ambient } = view.light;
  return (
    <details class="look">
      <summary>Colour and light</summary>
      <div class="look-rows">
        <div>
          <div class="look-head">
            <label for="look-color">Base colour</label>
            <input
              id="look-color"
              type="color"
              value={hexOfColor(baseColor)}
              disabled={disabled}
              aria-describedby="look-color-words"
              onInput={({ currentTarget }) => dragColor(colorOfHex(currentTarget.value))}
              onChange={endDrag}
            />
          </div>
          <p class="estimate" id="look-color-words">
            {scene.pattern === 'hue-wheel'
              ? 'A hue wheel covers it; a colour that you choose takes its place.'
              : `linear red, green, blue: ${baseColor.map(digits).join(', ')}`}
          </p>
        </div>
        <LightSlider
          name="tilt"
          label="Sun’s tilt from the vertical"
          value={tilt / degree}
          words={`${Math.round(tilt / degree)}°`}
          max={90}
          step={1}
          disabled={disabled}
          onInput={(value) => dragLight({ tilt: value * degree })}
        />
        <LightSlider
          name="azimuth"
          label="Sun’s direction about the vertical"
          value={turn(azimuth)}
          words={tilt === 0 ? 'none: the sun stands straight above' : `${turn(azimuth)}°`}
          max={359}
          step={1}
          disabled={disabled || tilt === 0}
          onInput={(value) => dragLight({ azimuth: value * degree })}
        />
        <LightSlider
          name="strength"
          label="Sun’s strength"
          value={strength}
          words={strength.toFixed(2)}
          max={Math.max(3, strength)}
          step={0.02}
          disabled={disabled}
          onInput={(value) => dragLight({ strength: value })}
        />
        <LightSlider
          name="ambient"
          label="Light from all around"
          value={ambient}
          words={ambient.toFixed(2)}
          max={Math.max(1, ambient)}
          step={0.01}
          disabled={disabled}
          onInput={(value) => dragLight({ ambient: value })}
        />
      </div>
    </details>
  );
}
