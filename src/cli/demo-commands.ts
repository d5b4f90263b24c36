// The commands that sign the demo account in, one per documented call, ready to be pasted into a shell.
import type { Demo } from '#core';

/** A documented call and the command that makes it. */
export interface DemoCommand {
  readonly title: string;
  readonly command: string;
}

/** In single quotes a shell leaves everything as it is; nothing in here holds one. */
const quoted = (text: string): string => `'${text}'`;

/** Every value is letters, digits, `@`, `.`, so that no shell and no URL reads anything into it. */
export function demoCommands(demo: Demo, url: string): readonly DemoCommand[] {
  const password = demo.password.reveal();
  const curl = url.startsWith('https:') ? 'curl -sSk' : 'curl -sS';
  const postJson = (path: string, body: object, options = ''): string =>
    `${curl}${options} ${quoted(`${url}${path}`)} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`;
  const query = new URLSearchParams({
    appid: demo.appId,
    user: demo.username,
    pass: password,
    signature: demo.signature.reveal(),
  });
  const form = new URLSearchParams({ accounts: demo.username, pwd: password, type: 'username' });
  return [
    {
      title: 'AegisSpeed, user login by id number',
      command: postJson('/user/login/login_user_info', { user_id: demo.idNumber, user_password: password }),
    },
    {
      title: 'AegisSpeed, admin login by AegisSpeed ID',
      command: postJson('/user/login/login_admin_info_by_aegisspeed_id', {
        user_AegisSpeed_id: demo.aegisSpeedId,
        user_password: password,
      }),
    },
    {
      title: 'weidu, login by mobile',
      command: postJson('/weidu/api/v1/users/login', { login_id: demo.mobile, password }, ' -i'),
    },
    { title: 'NoBase, login by GET', command: `${curl} ${quoted(`${url}/api/user/login?${query.toString()}`)}` },
    {
      title: 'ShopXO, login by username',
      command: `${curl} ${quoted(`${url}/user/login?application=web&application_client_type=pc`)} -d ${quoted(form.toString())}`,
    },
  ];
}

/** What is printed when the demo was made. */
export function demoText(demo: Demo, url: string): string {
  const commands = demoCommands(demo, url).map(({ title, command }) => `# ${title}\n${command}\n`);
  return [
    `Understudy listens on ${url}`,
    '',
    `This is the first start, so there is a demo account and a demo app (${demo.appId}). Their secrets are shown this once.`,
    'Paste any of these into a shell:',
    '',
    ...commands,
    'Remove the demo before real accounts come in: bin/understudy demo remove',
  ].join('\n');
}
