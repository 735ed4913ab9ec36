import { imageLimits } from '@kanrecon/identifiability';
import { describe, expect, it } from 'vitest';
import { disturbed, observable, refineCase, study } from '../test/refine-cases.js';
import { checkKnown, type Known, KnownError, refine } from './index.js';

const idle = /: known\.cameraDistance says nothing; expected a scene whose images leave the object's size open/;

describe('checkKnown', () => {
  it('lets pass what tells something', async () => {
    const limits = await imageLimits(study);
    for (const known of [{}, { parameters: { height: 2 } }, { cameraDistance: 5 }, { cameraDistance: [4, 6] }]) {
      await expect(checkKnown(study, known as Known, limits)).resolves.toBeUndefined();
    }
    await expect(checkKnown(study, { cameraDistance: 5, parameters: { height: [1.9, 2.1] } })).resolves.toBeUndefined();
  });

  it('refuses a distance where another length is known, or images leave no size open', async () => {
    const twice = checkKnown(study, { cameraDistance: 5, parameters: { height: 2 } });
    await expect(twice).rejects.toThrow(idle);
    await expect(twice).rejects.toBeInstanceOf(KnownError);
    const told = checkKnown(study, { cameraDistance: 5 }, { invariances: [] });
    await expect(told).rejects.toThrow(idle);
    await expect(checkKnown(study, { parameters: { width: 1 } })).rejects.toThrow(
      'checkKnown: known.parameters.width is unknown',
    );
  });

  it('refuses nothing for the sake of shapes that cannot be drawn', async () => {
    const domain = () => {
      throw new Error('cannot be drawn');
    };
    const scene = { ...study, surface: { ...study.surface, domain } };
    const { invariances } = await imageLimits(study);
    await expect(checkKnown(scene, { cameraDistance: 5 }, { invariances })).resolves.toBeUndefined();
  });
});

it('refine refuses it before it renders anything', async () => {
  const one = refineCase(study, 1);
  const onProgress = () => expect.unreachable();
  const known = { cameraDistance: 5, parameters: { height: 2 } };
  await expect(refine(one.image, disturbed(study, one), study, { known, onProgress })).rejects.toThrow(idle);
  await expect(refine(one.image, {}, observable, { known: { cameraDistance: 5 }, onProgress })).rejects.toThrow(
    'known.cameraDistance says nothing in the scene observable',
  );
});
