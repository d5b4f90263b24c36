// The NoBase document's browser snippets, verbatim apart from address and constants, on a page of another origin in a real Chromium.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';

import { type Browser, chromium as browserType, type ConsoleMessage, type Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';

import { matching, someNumber } from '../support/matchers.ts';
import { aPassword, aUsername } from '../support/people.ts';
import { describeWithChromium } from '../support/requirements.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { Visitor } from '../support/visitor.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What the document says has to be replaced. */
interface Constants {
  readonly appid: string;
  readonly signature: string;
  readonly user: string;
  readonly pass: string;
}

type Snippet = 'nobase-get' | 'nobase-post';

/** The snippet as the document prints it, with the reader's own address and constants. */
function filled(snippet: Snippet, url: string, constants: Constants): string {
  const text = readFileSync(join(import.meta.dirname, 'snippets', `${snippet}.txt`), 'utf8').replaceAll(
    'https://nobase.cn',
    url,
  );
  return Object.entries(constants).reduce(
    (script, [name, value]) => script.replace(new RegExp(`(const ${name} = )"[^"]*"`), `$1${JSON.stringify(value)}`),
    text,
  );
}

/** Serves one page, from an origin of its own. */
async function publish(script: string): Promise<string> {
  const html = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>A shop</title><script>${script}</script>`;
  const server: Server = createServer(
    (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(html),
  ).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the snippet itself has to say; the browser's own complaints come without these words. */
const OUTCOME = /^(Login successful|Login failed|Request failed)/;

/** Opens the page and waits for what it says. */
async function visit(page: Page, url: string): Promise<ConsoleMessage> {
  const said = page.waitForEvent('console', { predicate: (message) => OUTCOME.test(message.text()), timeout: 20_000 });
  await page.goto(url);
  return said;
}

const storedToken = (page: Page): Promise<string | null> => page.evaluate("localStorage.getItem('token')");

describeWithChromium('a page on another origin with the snippets of the NoBase document', (chromium) => {
  let browser: Browser;
  let page: Page;
  let server: TestServer;
  let constants: Constants;

  beforeAll(async () => {
    browser = await browserType.launch({ executablePath: chromium, args: FLAGS });
    return () => browser.close();
  });

  beforeEach(async () => {
    server = await startServer();
    const context = await browser.newContext();
    onTestFinished(async () => {
      await context.close();
      await server.close();
    });
    page = await context.newPage();
    const [user, pass] = [aUsername(), aPassword()];
    await server.addAccount({ username: user, password: pass, profile: { nickname: 'Gu Jiang' } });
    const { id: appid, signature } = await server.addApp({ id: 'shop' });
    constants = { appid, signature, user, pass };
  });

  it('signs in by GET and keeps the token', async () => {
    const url = await publish(filled('nobase-get', server.url, constants));

    const said = await visit(page, url);

    await expect.poll(() => storedToken(page)).toMatch(/^[0-9a-f]{64}$/);
    expect(said.text()).toBe('Login successful: Gu Jiang');
    const visitor = new Visitor(server.port, { id: constants.appid, signature: constants.signature });
    expect(await visitor.introspect((await storedToken(page)) ?? '')).toMatchObject({
      active: true,
      username: constants.user,
      dialect: 'nobase',
      client_id: 'shop',
    });
  });

  it('signs in by POST and gets everything the document lists', async () => {
    const url = await publish(filled('nobase-post', server.url, constants));

    const said = await visit(page, url);

    const data: unknown = await said.args()[1]?.jsonValue();
    expect(said.text()).toMatch(/^Login successful: /);
    expect(data).toMatchObject({
      username: constants.user,
      nickname: 'Gu Jiang',
      sex: 1,
      token: matching(/^[0-9a-f]{64}$/),
      token_dead: someNumber,
    });
    expect(Object.keys(data as object)).toHaveLength(22);
  });

  it('signs in with JSON, for which the browser asks leave first', async () => {
    const { appid, signature, user, pass } = constants;
    const options = `{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '${JSON.stringify({ appid, signature, user, pass })}' }`;
    const url = await publish(
      `fetch('${server.url}/api/user/login', ${options}).then((r) => r.json()).then((r) => console.log('Login successful:', r.data.nickname));`,
    );

    const said = await visit(page, url);

    expect(said.text()).toBe('Login successful: Gu Jiang');
  });

  it('tells a wrong password in the words of the document, and keeps nothing', async () => {
    const url = await publish(filled('nobase-get', server.url, { ...constants, pass: aPassword() }));

    const said = await visit(page, url);

    expect([said.type(), said.text()]).toEqual(['error', 'Login failed: Password error']);
    expect(await storedToken(page)).toBeNull();
  });

  it('tells an unknown account in the words of the document, by POST as well', async () => {
    const url = await publish(filled('nobase-post', server.url, { ...constants, user: aUsername() }));

    const said = await visit(page, url);

    expect([said.type(), said.text()]).toEqual(['error', 'Login failed: Account does not exist']);
  });

  it('cannot read the answer for an app that lists other origins', async () => {
    const { id: appid, signature } = await server.addApp({ id: 'elsewhere', origins: ['https://shop.example.org'] });
    const url = await publish(filled('nobase-get', server.url, { ...constants, appid, signature }));

    const said = await visit(page, url);

    expect([said.type(), said.text()]).toEqual(['error', matching(/^Request failed: TypeError: Failed to fetch/)]);
    expect(await storedToken(page)).toBeNull();
  });

  it('can read the answer for an app that lists the origin of this page', async () => {
    const [user, pass] = [constants.user, constants.pass];
    const signature = '00112233445566778899aabbccddeeff';
    const url = await publish(filled('nobase-get', server.url, { appid: 'listed', signature, user, pass }));
    await server.addApp({ id: 'listed', signature, origins: [url] });

    const said = await visit(page, url);

    expect(said.text()).toBe('Login successful: Gu Jiang');
  });
});
