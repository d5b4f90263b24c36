// A shop as its customers know it: a server that speaks ShopXO, and what is said to it about accounts.
import { Mailbox } from '#tests/support/mailbox';
import { aMobile, anEmail, aPassword, aUsername } from '#tests/support/people';
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk } from '#tests/support/talk';
import type { NotedRandomness } from '#tests/support/test-machine';

/** What a call says. */
export type Fields = Readonly<Record<string, unknown>>;

/** Nothing but what a test is about stands in anybody's way. */
const ROOMY = {
  'registration.source.perHour': 100_000,
  'registration.subnet.perHour': 100_000,
  'budgets.source.failures': 100_000,
  'budgets.names.failures': 100_000,
  'codes.source.perHour': 100_000,
  'codes.subnet.perHour': 100_000,
  'dialects.shopxo.captcha': 'never',
};

/** What a customer registers with who gives a name. */
export const aCustomer = () => ({ accounts: aUsername(), pwd: aPassword(), type: 'username' });

/** Code and text of an answer. */
export function told({ body }: Heard): string {
  const { code, msg } = JSON.parse(body) as { readonly code: number; readonly msg: string };
  return `${code} ${msg}`;
}

/** The token of somebody who was let in. */
export const tokenOf = ({ body }: Heard): string => (JSON.parse(body) as { data: { token: string } }).data.token;

/** An open shop. */
export class Shop {
  readonly mailbox: Mailbox;
  readonly server: TestServer;

  private constructor(server: TestServer, mailbox: Mailbox) {
    this.server = server;
    this.mailbox = mailbox;
  }

  static async open(settings: Fields = {}): Promise<Shop> {
    const mailbox = new Mailbox();
    return new Shop(await startServer({ couriers: mailbox, settings: { ...ROOMY, ...settings } }), mailbox);
  }

  call(act: string, fields: Fields, from = '127.0.0.1'): Promise<Heard> {
    const headers = { 'content-type': 'application/json' };
    return talk(this.server.port, { path: `/user/${act}`, headers, body: JSON.stringify(fields), from });
  }

  /** Calls, and hears code and text. */
  async say(act: string, fields: Fields): Promise<string> {
    return told(await this.call(act, fields));
  }

  /** Somebody whose number and address are proven. */
  async somebody() {
    const person = { username: aUsername(), mobile: aMobile(), email: anEmail(), password: aPassword() };
    const account = await this.server.addAccount(person);
    return { ...person, account };
  }

  /** Signs in with a password. */
  async logIn(accounts: string, pwd: string): Promise<string> {
    return tokenOf(await this.call('login', { accounts, pwd, type: 'username' }));
  }

  /** The code that is sent when this act asks for one. */
  async codeFor(act: 'login' | 'reg' | 'forgetpwd', accounts: string): Promise<string> {
    await this.call(`${act}verifysend`, { accounts, type: 'sms' });
    return this.mailbox.codeFor(accounts);
  }

  /** The letters of a new picture. */
  async picture(form: 'user_login' | 'user_reg'): Promise<string> {
    await talk(this.server.port, { method: 'GET', path: `/user/userverifyentry?type=${form}` });
    return (this.server.house.randomness as NotedRandomness).lastOf(4);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
