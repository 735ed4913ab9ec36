import type { ImageLimits } from './image-limits-result.js';

/** What images of the built-in scenes tell, as `measureLimits` found it. Written by scripts/measure-known-limits.mjs. */
export const knownLimits: Readonly<Record<string, ImageLimits>> = {
  study: {
    invisible: ['twist_amp', 'twist_freq'],
    invariances: [
      {
        terms: [
          {
            parameter: 'radius',
            index: 0,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'height',
            index: 1,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'wave_amp',
            index: 4,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'wave_freq',
            index: 5,
            kind: 'factor',
            rate: -1,
            offset: 0,
          },
        ],
        text: '(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace',
        largestChange: 0,
        span: 0.588588625299202,
      },
    ],
    combinations: [
      {
        name: 'height/radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'height',
                index: 1,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: -1,
          },
        ],
      },
      {
        name: 'wave_amp/radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'wave_amp',
                index: 4,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: -1,
          },
        ],
      },
      {
        name: 'wave_freq·radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'wave_freq',
                index: 5,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: 1,
          },
        ],
      },
    ],
    unexplained: 0,
    undecided: 0,
    summary: [
      'twist_amp and twist_freq leave no trace: moved from end to end of their ranges, not one pixel changes.',
      '(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace: moved along it as far as the ranges allow (by a factor of 1.8 for the middle one of the draws), not one pixel changes.',
      'What does show of these: height/radius, wave_amp/radius and wave_freq·radius.',
    ],
    best: {
      draws: 400000,
      r2: 0.5301613910498468,
      mae: 0.14722216432850185,
      mse: 0.039153217412512764,
      rmse: 0.1978717195874963,
      perParameter: [
        {
          name: 'radius',
          r2: 0.7203658546604641,
          mae: 0.1172061977891297,
          mse: 0.023302845444961327,
          rmse: 0.1526526955050625,
        },
        {
          name: 'height',
          r2: 0.7203382658954744,
          mae: 0.11717321719007745,
          mse: 0.023305144508710463,
          rmse: 0.1526602256932383,
        },
        {
          name: 'twist_amp',
          r2: 0,
          mae: 0.25,
          mse: 0.08333333333333333,
          rmse: 0.28867513459481287,
        },
        {
          name: 'twist_freq',
          r2: 0,
          mae: 0.25,
          mse: 0.08333333333333333,
          rmse: 0.28867513459481287,
        },
        {
          name: 'wave_amp',
          r2: 0.9270092652486274,
          mae: 0.05529835709088275,
          mse: 0.00608256122928105,
          rmse: 0.07799077656544426,
        },
        {
          name: 'wave_freq',
          r2: 0.8132549604945152,
          mae: 0.09365521390092131,
          mse: 0.015562086625457069,
          rmse: 0.12474809267262194,
        },
      ],
      bounds: [],
    },
  },
  observable: {
    invisible: [],
    invariances: [],
    combinations: [],
    unexplained: 0,
    undecided: 0,
    summary: ['Nothing is invisible: every parameter and every combination of them shows.'],
    best: {
      draws: 400000,
      r2: 1,
      mae: 0,
      mse: 0,
      rmse: 0,
      perParameter: [
        {
          name: 'radius',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'height',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
      ],
      bounds: [],
    },
  },
  fluted: {
    invisible: [],
    invariances: [],
    combinations: [],
    unexplained: 0,
    undecided: 0,
    summary: ['Nothing is invisible: every parameter and every combination of them shows.'],
    best: {
      draws: 400000,
      r2: 1,
      mae: 0,
      mse: 0,
      rmse: 0,
      perParameter: [
        {
          name: 'radius',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'height',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
      ],
      bounds: [],
    },
  },
  robust: {
    invisible: ['twist_amp', 'twist_freq'],
    invariances: [
      {
        terms: [
          {
            parameter: 'radius',
            index: 0,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'height',
            index: 1,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'wave_amp',
            index: 4,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'wave_freq',
            index: 5,
            kind: 'factor',
            rate: -1,
            offset: 0,
          },
        ],
        text: '(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace',
        largestChange: 0,
        span: 0.588588625299202,
      },
    ],
    combinations: [
      {
        name: 'height/radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'height',
                index: 1,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: -1,
          },
        ],
      },
      {
        name: 'wave_amp/radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'wave_amp',
                index: 4,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: -1,
          },
        ],
      },
      {
        name: 'wave_freq·radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'wave_freq',
                index: 5,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: 1,
          },
        ],
      },
    ],
    unexplained: 0,
    undecided: 0,
    summary: [
      'twist_amp and twist_freq leave no trace: moved from end to end of their ranges, not one pixel changes.',
      '(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace: moved along it as far as the ranges allow (by a factor of 1.8 for the middle one of the draws), not one pixel changes.',
      'What does show of these: height/radius, wave_amp/radius and wave_freq·radius.',
    ],
    best: {
      draws: 400000,
      r2: 0.5301613910498468,
      mae: 0.14722216432850185,
      mse: 0.039153217412512764,
      rmse: 0.1978717195874963,
      perParameter: [
        {
          name: 'radius',
          r2: 0.7203658546604641,
          mae: 0.1172061977891297,
          mse: 0.023302845444961327,
          rmse: 0.1526526955050625,
        },
        {
          name: 'height',
          r2: 0.7203382658954744,
          mae: 0.11717321719007745,
          mse: 0.023305144508710463,
          rmse: 0.1526602256932383,
        },
        {
          name: 'twist_amp',
          r2: 0,
          mae: 0.25,
          mse: 0.08333333333333333,
          rmse: 0.28867513459481287,
        },
        {
          name: 'twist_freq',
          r2: 0,
          mae: 0.25,
          mse: 0.08333333333333333,
          rmse: 0.28867513459481287,
        },
        {
          name: 'wave_amp',
          r2: 0.9270092652486274,
          mae: 0.05529835709088275,
          mse: 0.00608256122928105,
          rmse: 0.07799077656544426,
        },
        {
          name: 'wave_freq',
          r2: 0.8132549604945152,
          mae: 0.09365521390092131,
          mse: 0.015562086625457069,
          rmse: 0.12474809267262194,
        },
      ],
      bounds: [],
    },
  },
};
