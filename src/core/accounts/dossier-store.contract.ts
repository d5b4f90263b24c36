// What every store of dossiers promises.
import { describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../decisions/decision.ts';
import {
  auditOf,
  freshStores,
  given,
  identifierOf,
  MINUTE,
  type OpenEmpty,
  sessionOf,
  signedIn,
  signInOf,
  START,
} from '../stores.contract.ts';

/** Run it on every engine. */
export function describeDossierStore(open: OpenEmpty): void {
  describe('compiling what is kept about an account', () => {
    compiling(open);
  });
}

const decisionAbout = (key: string, id: string, lastAt = START): DecisionRecord => ({
  id,
  key,
  refusal: 'throttle.account',
  source: '192.0.2.1',
  dialect: 'weidu',
  count: 1,
  firstAt: START,
  lastAt,
});

function compiling(open: OpenEmpty): void {
  const opened = freshStores(open);

  it('has nothing to say of somebody of whom nothing is kept', async () => {
    const dossier = await opened().stores.dossiers.compile('nobody', 10);

    expect(dossier).toEqual({
      sessions: [],
      knownSources: [],
      failures: [],
      notices: [],
      codes: [],
      audit: [],
      decisions: [],
    });
  });

  it('brings together every trace of the account, and none of another', async () => {
    const { stores } = opened();
    const account = await given(opened(), 1, { identifiers: [identifierOf('mobile', '+8613900000001')] });
    const other = await given(opened(), 2);
    await signedIn(opened(), signInOf(account, 'one'));
    await signedIn(opened(), signInOf(other, 'two'));
    const code = {
      realm: 'main',
      purpose: 'api.reset',
      digest: 'd',
      issuedAt: START,
      expiresAt: START + MINUTE,
      tries: 5,
    };
    await stores.codes.issue({ ...code, destination: 'mobile:+8613900000001' });
    await stores.codes.issue({ ...code, destination: 'mobile:+8613900000002' });
    await stores.decisions.record([
      { record: decisionAbout(account.id, 'decision-1'), codes: [] },
      { record: decisionAbout(other.id, 'decision-2'), codes: [] },
    ]);
    await stores.notices.claim({
      accountId: account.id,
      name: 'notice.locked',
      day: 20_574,
      occasion: 'until 1',
      most: 3,
    });

    const dossier = await stores.dossiers.compile(account.id, 10);

    expect(dossier).toMatchObject({
      sessions: [sessionOf(account, 'one')],
      failures: [],
      notices: [{ name: 'notice.locked', day: 20_574, occasion: 'until 1', count: 1 }],
      codes: [
        { purpose: 'api.reset', destination: 'mobile:+8613900000001', issuedAt: START, expiresAt: START + MINUTE },
      ],
      decisions: [decisionAbout(account.id, 'decision-1')],
    });
    expect(dossier.knownSources.map(({ lastAt }) => lastAt)).toEqual([START]);
    expect(dossier.audit.every(({ accountId }) => accountId === account.id)).toBe(true);
  });

  it('begins every list with the newest, and ends it where it is told to', async () => {
    const { stores } = opened();
    await stores.audit.append(['first', 'second', 'third'].map((act) => ({ ...auditOf(act), accountId: 'somebody' })));
    await stores.decisions.record(
      [1, 2, 3].map((minute) => ({
        record: decisionAbout('somebody', `decision-${minute}`, START + minute * MINUTE),
        codes: [],
      })),
    );

    const { audit, decisions } = await stores.dossiers.compile('somebody', 2);

    expect(audit.map(({ act }) => act)).toEqual(['third', 'second']);
    expect(decisions.map(({ id }) => id)).toEqual(['decision-3', 'decision-2']);
  });
}
