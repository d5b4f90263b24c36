// The reference of the configuration: complete, and true to the table it is made of.
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';

import { configurationReference } from './reference.ts';
import { settingsOf, wholeSchema } from './setting.ts';

const shopxo = {
  name: 'shopxo',
  settings: Type.Object({ profile: Type.Enum(['v2', 'v6'], { default: 'v2', description: 'Which | version.' }) }),
};

describe('the reference', () => {
  it('has a row for every setting, with its variable', () => {
    const reference = configurationReference([shopxo]);

    const missing = settingsOf(wholeSchema([shopxo])).filter(
      ({ key, variable }) => !reference.includes(`| \`${key}\` | \`${variable}\` |`),
    );
    expect(missing).toEqual([]);
  });

  it('writes a row as a table does', () => {
    const reference = configurationReference([shopxo]);

    expect(reference).toContain(
      '## `[dialects.shopxo]`\n\n| key | variable | what it has to be | default | |\n|---|---|---|---|---|\n' +
        '| `dialects.shopxo.profile` | `UNDERSTUDY_DIALECTS_SHOPXO_PROFILE` | one of v2, v6 | `"v2"` | Which \\| version. |\n',
    );
  });

  it('names the variables that are no settings', () => {
    const reference = configurationReference([]);

    expect(reference).toMatch(/\| `UNDERSTUDY_KEYS` \| .+ \|\n$/);
  });
});
