// A secret says nothing wherever it might be printed by accident.
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

describe('a secret', () => {
  const secret = new Secret('hunter2-hunter2');

  it('prints as redacted', () => {
    const printed = [String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 5, showHidden: true })];

    expect(printed.join(' ')).not.toContain('hunter2');
  });

  it('is given out when asked for', () => {
    expect(secret.reveal()).toBe('hunter2-hunter2');
  });
});
