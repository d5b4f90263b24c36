// An administrator whose login answers the whole identity number: the audit remembers that it was shown.
import { afterEach, describe, expect, it } from 'vitest';

import { startServer, type TestServer } from '../support/server.ts';
import { Conversation } from '../support/transcripts.ts';

const PASSWORD = 'correct horse 42';
const REQUEST = {
  method: 'POST',
  path: '/user/login/login_admin_info_by_aegisspeed_id',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ user_AegisSpeed_id: 'ASD000001', user_password: PASSWORD }),
};

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function reasonsAfterLogin(fullUserId: boolean): Promise<readonly (string | undefined)[]> {
  server = await startServer({ settings: { 'dialects.aegisspeed.adminLogin.fullUserId': fullUserId } });
  await server.addAccount({
    idNumber: '110101199003091234',
    aegisSpeedId: 'ASD000001',
    password: PASSWORD,
    roles: ['管理员'],
  });
  await new Conversation(server.url).say(REQUEST);
  const entries = await server.house.stores.audit.list(0, 100);
  return entries.filter(({ act }) => act === 'sign-in.password').map(({ reason }) => reason);
}

describe('an administrator signing in', () => {
  it('leaves word in the audit that the whole id number was shown', async () => {
    const reasons = await reasonsAfterLogin(true);

    expect(reasons).toEqual(['shown id_number']);
  });

  it('leaves no such word while the number is masked', async () => {
    const reasons = await reasonsAfterLogin(false);

    expect(reasons).toEqual([undefined]);
  });
});
