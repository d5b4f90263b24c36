// Carries out `demo remove`.
import { removeDemo } from '#core';
import type { Act } from '../act.ts';
import { withHouse } from '../open.ts';

/** Removes the demo; it is no error if there is none. */
export const endDemo: Act = async (call) =>
  withHouse(call, async ({ stores, clock }) => {
    const isRemoved = await removeDemo({ ...stores, clock })();
    return {
      text: isRemoved ? 'the demo account and app are removed' : 'there is no demo',
      json: { removed: isRemoved },
    };
  });
