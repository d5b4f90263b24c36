// Answers recorded from real ShopXO servers of both generations, held against ours: the same, or different for a reason the dialect's README tells.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type AccountStatus, codeDigest, HeldAnswers, type JsonObject, normaliseIdentifier, Secret } from '#core';
import { startServer, type TestServer } from '#tests/support/server';
import { Conversation, type HeardAnswer, type SpokenRequest } from '#tests/support/transcripts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Profile = 'v2' | 'v6';

/** One line of the recording. */
interface Capture {
  readonly profile: Profile;
  readonly name: string;
  readonly request: SpokenRequest;
  readonly answer: {
    readonly status: number;
    readonly headers: { readonly 'content-type': string };
    readonly body: { readonly msg: string; readonly code: number; readonly data: JsonObject | '' };
  };
}

/** What the recorded server knew when it answered. */
interface Situation {
  readonly isRich?: boolean;
  readonly status?: AccountStatus;
  /** Pictures were switched on. */
  readonly hasPictures?: boolean;
  /** What the picture said that had been drawn for the client; it may have signed in with it before. */
  readonly picture?: string;
  readonly isUsedUp?: boolean;
  /** A code that had been sent, and where to. */
  readonly code?: { readonly to: 'mobile' | 'email'; readonly text: string };
  /** Ours answers otherwise, for a reason told in the README. */
  readonly differs?: { readonly msg: string; readonly code: number };
}

const FOLDER = join(import.meta.dirname, '../../src/dialects/shopxo');
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const CAPTURES = readFileSync(join(FOLDER, 'transcripts/captures.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Capture);

const WRONG = { msg: '密码错误', code: -4 };
const MOBILE = '13222222368';
const EMAIL = 'xxxfoo@qq.com';

const PICTURE = { hasPictures: true, picture: '5623' } as const;

// Recordings that are not listed were made with a bare account and are answered alike.
// oxfmt-ignore
const SITUATIONS: Readonly<Record<string, Situation>> = {
  'v2 10-status2':                          { status: 'disabled' },
  'v2 11-status3':                          { status: 'pending' },
  'v2 12-success-rich':                     { isRich: true },
  'v2 13-captcha-missing':                  { hasPictures: true },
  'v2 14-captcha-expired':                  { hasPictures: true },
  'v2 16-captcha-wrong':                    PICTURE,
  'v2 18-sms-expired':                      { isRich: true },
  'v6 102-sms-nocode-sent':                 { isRich: true },
  'v6 120-sms-wrong-code':                  { isRich: true, code: { to: 'mobile', text: '7777' } },
  'v6 126-email-right':                     { isRich: true, code: { to: 'email', text: '7777' } },
  'v6 21-login-captcha-on-missing-verify':  { hasPictures: true },
  'v6 22-login-captcha-on-no-image-yet':    { hasPictures: true },
  'v6 24-login-captcha-wrong':              PICTURE,
  'v6 25-login-captcha-right-wrong-pwd':    PICTURE,
  'v6 26-login-captcha-right':              PICTURE,
  'v6 27-login-captcha-reuse':              { ...PICTURE, isUsedUp: true },
  'v6 46-long-pwd-19':                      { differs: WRONG },
  'v6 95-success-rich':                     { isRich: true },
};

const BARE: Readonly<Record<Profile, JsonObject>> = {
  v2: { username: 'qqqqqq', number: 328, createdAt: '2026-11-21T09:44:45+08:00' },
  v6: {
    username: 'qqqqqq',
    number: 1,
    createdAt: '2026-11-21T09:39:55+08:00',
    attributes: { shopxo: { number_code: '88882543113111' } },
  },
};

const REACHABLE = { mobile: MOBILE, email: EMAIL };
const RICH: Readonly<Record<Profile, JsonObject>> = {
  v2: { ...BARE.v2, ...REACHABLE, profile: { nickname: 'nick', birthday: '1990-01-01' } },
  v6: {
    ...BARE.v6,
    ...REACHABLE,
    profile: {
      nickname: '昵称<b>',
      gender: 'female',
      avatar: '/static/upload/a.png',
      province: '广东',
      city: '深圳',
      county: '南山',
      address: '科技园',
      birthday: '1990-01-01',
    },
  },
};

const situationOf = ({ profile, name }: Capture): Situation => SITUATIONS[`${profile} ${name}`] ?? {};

/** A server of one generation that knows one person. */
class Shop {
  readonly server: TestServer;
  readonly #accountId: string;

  private constructor(server: TestServer, accountId: string) {
    this.server = server;
    this.#accountId = accountId;
  }

  static async open(profile: Profile, person: JsonObject, captcha = 'never'): Promise<Shop> {
    const settings = { 'dialects.shopxo.profile': profile, 'dialects.shopxo.captcha': captcha };
    const server = await startServer({ settings });
    // Shorter than a new password may be today; the recorded one was set long ago.
    const place = await server.house.passwords.enter();
    const passwordHash = await place.hash(new Secret('secret1')).finally(() => place.leave());
    const { id } = await server.addAccount({ ...person, passwordHash });
    return new Shop(server, id);
  }

  async bringAbout({ status = 'active', code, picture, isUsedUp = false }: Situation, client: string): Promise<void> {
    const account = await this.server.house.stores.accounts.get(this.#accountId);
    if (account !== undefined) await this.server.setStatus(account, status);
    if (code !== undefined) await this.#sendCode(code.to, code.text);
    if (picture !== undefined) await this.#drawPicture(client, new Secret(picture), isUsedUp);
  }

  async #drawPicture(client: string, letters: Secret, isUsedUp: boolean): Promise<void> {
    const { clock, digests, stores } = this.server.house;
    const answers = new HeldAnswers({ clock, codes: stores.codes, digests });
    const place = { purpose: 'shopxo.user_login', holder: `uuid:${client}` };
    await answers.keep(place, letters, { lifeSeconds: 600, tries: 5 });
    if (isUsedUp) await answers.useUp(place, letters);
  }

  async #sendCode(kind: 'mobile' | 'email', text: string): Promise<void> {
    const { clock, digests, stores } = this.server.house;
    const destination = `${kind}:${normaliseIdentifier({ kind, text: kind === 'mobile' ? MOBILE : EMAIL })}`;
    const where = { realm: 'main', purpose: 'shopxo.login', destination };
    const digest = codeDigest(digests, where, new Secret(text));
    const issuedAt = clock.now();
    await stores.codes.issue({ ...where, digest, issuedAt, expiresAt: issuedAt + 600_000, tries: 5 });
  }
}

/** A generated value by its type and its form: which digits it has is nobody's business. */
const formOf = (value: unknown): string => `${typeof value} ${String(value).replaceAll(/[0-9a-f]/g, 'x')}`;

/** Generated anew by every server: compared by their form. */
const GENERATED = ['token', 'upd_time', 'upd_time_text'];

function withoutGenerated(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, GENERATED.includes(key) ? formOf(value) : value]),
  );
}

/** The recorded payload as the README says ours differs: two more columns in v2, and a default picture of our own. */
function duePayload(profile: Profile, data: JsonObject, url: string): JsonObject {
  const entries = Object.entries(data).flatMap(([key, value]) => {
    if (key === 'avatar' && typeof value === 'string') return [[key, dueAvatar(value, url)]];
    const isBeforePlugins = profile === 'v2' && key === 'referrer';
    return isBeforePlugins
      ? [
          [key, value],
          ['plugins_distribution_level', '0'],
          ['plugins_user_level', '0'],
        ]
      : [[key, value]];
  });
  return withoutGenerated(Object.fromEntries(entries) as JsonObject);
}

function dueAvatar(recorded: string, url: string): string {
  return recorded.includes('default-user-avatar')
    ? `${url}/assets/default-avatar.png`
    : recorded.replace('{{publicUrl}}', url);
}

/** The recorded answer to a refusal as the README says ours differs: an empty list in v2. */
function dueFailure({ profile, answer }: Capture): object {
  const { msg, code } = answer.body;
  return { msg, code, data: profile === 'v2' ? [] : '' };
}

const parsed = (heard: HeardAnswer) => JSON.parse(heard.body) as { msg: string; code: number; data: JsonObject };

/** What the recorded server was like. */
type Kind = 'bare' | 'rich' | 'pictured';

function kindOf({ isRich = false, hasPictures = false }: Situation): Kind {
  if (hasPictures) return 'pictured';
  return isRich ? 'rich' : 'bare';
}

const of = (profile: Profile, kind: Kind) =>
  CAPTURES.filter((capture) => capture.profile === profile && kindOf(situationOf(capture)) === kind);

const uuidOf = ({ path }: SpokenRequest): string => /[?&]uuid=([^&]*)/.exec(path)?.[1] ?? '';

const isAlike = (capture: Capture): boolean => situationOf(capture).differs === undefined;
const isWelcome = ({ answer }: Capture): boolean => answer.body.code === 0;
const named = (captures: readonly Capture[]) => captures.map((capture) => [capture.name, capture] as const);

describe.each([
  ['v2', 'bare'],
  ['v2', 'rich'],
  ['v2', 'pictured'],
  ['v6', 'bare'],
  ['v6', 'rich'],
  ['v6', 'pictured'],
] as const)('a client of a recorded server (%s, %s)', (profile, kind) => {
  let shop: Shop;
  beforeAll(async () => {
    const person = kind === 'rich' ? RICH[profile] : BARE[profile];
    shop = await Shop.open(profile, person, kind === 'pictured' ? 'always' : 'never');
  });
  afterAll(async () => {
    await shop.server.close();
  });

  async function replay(capture: Capture): Promise<HeardAnswer> {
    await shop.bringAbout(situationOf(capture), uuidOf(capture.request));
    return new Conversation(shop.server.url).say(capture.request);
  }

  const alike = of(profile, kind).filter(isAlike);

  it.each(named(alike.filter(isWelcome)))('is welcomed as it was then: %s', async (_, capture) => {
    const heard = await replay(capture);

    const { msg, data } = parsed(heard);
    const due = duePayload(profile, capture.answer.body.data as JsonObject, shop.server.url);
    expect(heard.status).toBe(200);
    expect(heard.headers['content-type']).toBe(capture.answer.headers['content-type']);
    expect(msg).toBe(capture.answer.body.msg);
    expect(withoutGenerated(data)).toEqual(due);
    expect(Object.keys(data)).toEqual(Object.keys(due));
  });

  it.each(named(alike.filter((capture) => !isWelcome(capture))))(
    'is refused as it was then: %s',
    async (_, capture) => {
      const heard = await replay(capture);

      expect(heard.status).toBe(capture.answer.status);
      expect(heard.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(heard.body).toBe(JSON.stringify(dueFailure(capture)));
    },
  );
});

describe.each(['v6'] as const)('a client whom a recorded server answered otherwise (%s)', (profile) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(profile, BARE[profile]);
  });
  afterAll(async () => {
    await shop.server.close();
  });

  const different = of(profile, 'bare').filter((capture) => !isAlike(capture));

  it.each(named(different))('is answered as the README says: %s', async (name, capture) => {
    const heard = await new Conversation(shop.server.url).say(capture.request);

    const { msg, code } = parsed(heard);
    expect({ msg, code }).toEqual(situationOf(capture).differs);
    expect({ msg, code }).not.toEqual({ msg: capture.answer.body.msg, code: capture.answer.body.code });
    expect(README).toContain(`\`${name}\``);
  });
});

describe('the table of situations', () => {
  it('names recorded answers only', () => {
    const recorded = new Set(CAPTURES.map(({ profile, name }) => `${profile} ${name}`));

    expect(Object.keys(SITUATIONS).filter((key) => !recorded.has(key))).toEqual([]);
  });
});
