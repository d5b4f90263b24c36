// Reading one line of an import: what it may say and what is refused.
import { describe, expect, it } from 'vitest';

import { Secret } from '../kernel/secret.ts';
import { readAccountRecord } from './account-record.ts';
import { holding } from '../../../tests/support/matchers.ts';

describe('reading an account record', () => {
  it('reads everything a record may say', () => {
    const record = {
      realm: 'shop',
      username: 'ada',
      mobile: '13800138000',
      email: 'ada@example.com',
      idNumber: '11010519491231002X',
      aegisSpeedId: 'ASD000009',
      passwordHash: '$argon2id$…',
      status: 'muted',
      roles: ['管理员', ' 管理员 '],
      organisation: ' 东方公司 ',
      profile: { nickname: 'Ada', gender: 'female', birthday: '1815-12-10' },
      attributes: { nobase: { exp: 5 } },
      number: 7,
      createdAt: '2020-02-29T00:00:00Z',
    };

    const { draft, credential } = readAccountRecord(record, 'main');

    expect(credential).toEqual({ passwordHash: '$argon2id$…' });
    expect(draft).toEqual({
      realm: 'shop',
      identifiers: [
        { kind: 'username', text: 'ada' },
        { kind: 'mobile', text: '13800138000' },
        { kind: 'email', text: 'ada@example.com' },
        { kind: 'id_number', text: '11010519491231002X' },
        { kind: 'aegisspeed_id', text: 'ASD000009' },
      ],
      issuesAegisSpeedId: false,
      status: 'muted',
      roles: ['管理员'],
      organisation: '东方公司',
      profile: { nickname: 'Ada', gender: 'female', birthday: '1815-12-10' },
      attributes: { nobase: { exp: 5 } },
      number: 7,
      createdAt: Date.UTC(2020, 1, 29),
    });
  });

  it('takes null and empty texts for not given', () => {
    const { draft, credential } = readAccountRecord(
      { username: 'ada', mobile: '', email: null, password: '', roles: [] },
      'main',
    );

    expect(draft.identifiers).toEqual([{ kind: 'username', text: 'ada' }]);
    expect(credential).toBeNull();
  });

  it('wraps a password so that nothing prints it', () => {
    const { credential } = readAccountRecord({ username: 'ada', password: 'a long enough one' }, 'main');

    expect(credential).toEqual({ password: new Secret('a long enough one') });
    expect(JSON.stringify(credential)).not.toContain('long enough');
  });

  it('asks for the next AegisSpeed ID when told new', () => {
    const { draft } = readAccountRecord({ aegisSpeedId: 'new' }, 'main');

    expect(draft).toMatchObject({ identifiers: [], issuesAegisSpeedId: true });
  });

  it.each([
    ['userName', { userName: 'ada' }],
    ['username', { username: 5 }],
    ['passwordHash', { username: 'ada', password: 'a', passwordHash: 'b' }],
    ['status', { username: 'ada', status: 'banned' }],
    ['roles', { username: 'ada', roles: 'admin' }],
    ['roles', { username: 'ada', roles: ['admin', 5] }],
    ['roles', { username: 'ada', roles: ['ad\u0007min'] }],
    ['profile', { username: 'ada', profile: [] }],
    ['profile.nick', { username: 'ada', profile: { nick: 'Ada' } }],
    ['profile.gender', { username: 'ada', profile: { gender: 'x' } }],
    ['profile.birthday', { username: 'ada', profile: { birthday: '2023-02-29' } }],
    ['nobase', { username: 'ada', attributes: { nobase: 5 } }],
    ['number', { username: 'ada', number: 0 }],
    ['createdAt', { username: 'ada', createdAt: 'yesterday' }],
    ['createdAt', { username: 'ada', createdAt: '2020-02-31' }],
  ] as const)('names the field %s of %j', (field, record) => {
    const reading = () => readAccountRecord(record, 'main');

    expect(reading).toThrow(holding({ code: 'input.malformed', detail: holding({ field }) }));
  });

  it('R-79 refuses names that would reach into every object', () => {
    const record = JSON.parse('{"username":"ada","attributes":{"nobase":{"__proto__":{"isAdmin":true}}}}') as never;

    expect(() => readAccountRecord(record, 'main')).toThrow(holding({ code: 'input.malformed' }));
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});
