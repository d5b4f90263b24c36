// The stage transcripts are replayed on: one server for all that want the same settings, and everybody else gone before the next one begins.
import { removeAccount, removeApp, setAppStopped } from '#core';
import type { Dialect } from '#wire';

import { Mailbox } from '../support/mailbox.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { TestClock } from '../support/test-machine.ts';
import { Conversation, type Given, type KeptTranscript } from '../support/transcripts.ts';

/** Plays transcripts one at a time. */
export class Stage {
  readonly #dialects: readonly Dialect[];
  #server: TestServer | undefined;
  #mailbox = new Mailbox();
  #scenery = '';
  #played = 0;

  /** @param dialects besides our own */
  constructor(dialects: readonly Dialect[]) {
    this.#dialects = dialects;
  }

  /** Everything that went otherwise than written down. */
  async play(kept: KeptTranscript): Promise<readonly string[]> {
    const { given = {}, where } = kept.transcript;
    const server = await this.#serverFor(kept);
    this.#played += 1;
    const undo = await populate(server, given);
    const differences = await this.#replay(new Conversation(server.url, where, this.#source()), kept);
    for (const step of undo) await step();
    return differences;
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
    this.#scenery = '';
  }

  async #serverFor(kept: KeptTranscript): Promise<TestServer> {
    const scenery = sceneryOf(kept);
    if (this.#server !== undefined && scenery === this.#scenery) return this.#server;
    await this.close();
    this.#scenery = scenery;
    this.#server = await this.#start(kept);
    return this.#server;
  }

  async #start({ dialect, transcript: { given = {} } }: KeptTranscript): Promise<TestServer> {
    const clock = new TestClock();
    if (given.now !== undefined) clock.advance(`${(Date.parse(given.now) - clock.now()) / 1000}s`);
    const settings = flattened(`dialects.${dialect}`, given.settings ?? {});
    const behindProxy = { trustedProxies: ['127.0.0.1'], insecureHttp: true };
    this.#mailbox = new Mailbox();
    return startServer({
      clock,
      couriers: this.#mailbox,
      settings: { ...behindProxy, ...settings },
      dialects: this.#dialects,
    });
  }

  async #replay(conversation: Conversation, { transcript }: KeptTranscript): Promise<readonly string[]> {
    const before = transcript.given?.before ?? [];
    const earlier = before.flatMap((step) => Array.from({ length: step.times ?? 1 }, () => step));
    const found: string[] = [];
    for (const { request, answer } of [...earlier, transcript]) {
      const [heard, sent] = await this.#watched(() => conversation.say(request));
      if (sent !== undefined) conversation.know('code', sent);
      if (answer !== undefined) found.push(...conversation.differences(answer, heard));
    }
    return found;
  }

  /** What comes of an act, and the code that was sent because of it. */
  async #watched<T>(act: () => Promise<T>): Promise<readonly [T, string | undefined]> {
    const before = this.#mailbox.messages.length;
    const outcome = await act();
    return [outcome, this.#mailbox.messages.length > before ? this.#mailbox.codeFor('') : undefined];
  }

  /** A network nobody has come from: what was counted for an earlier transcript does not count here. */
  #source(): string {
    return `10.${this.#played >> 8}.${this.#played & 255}.1`;
  }
}

/** What a server must have been started with to play it. */
export function sceneryOf({ dialect, transcript: { given = {} } }: KeptTranscript): string {
  return JSON.stringify([dialect, given.settings ?? {}, given.now ?? '']);
}

/** Dotted keys of nested settings. */
function flattened(prefix: string, settings: object): Record<string, unknown> {
  const entries = Object.entries(settings).map(([name, value]: [string, unknown]) => {
    const isSection = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isSection ? flattened(`${prefix}.${name}`, value) : { [`${prefix}.${name}`]: value };
  });
  return Object.assign({}, ...entries) as Record<string, unknown>;
}

/** Sets up what is given; gives back how to undo it. */
async function populate(server: TestServer, { account, app, closed = [] }: Given): Promise<(() => Promise<void>)[]> {
  const { clock, stores } = server.house;
  const { accounts, apps } = stores;
  const undo: (() => Promise<void>)[] = [];
  if (account !== undefined) {
    const { id } = await server.addAccount(account);
    undo.push(() => removeAccount({ accounts, clock })({ accountId: id }));
  }
  if (app !== undefined) {
    await server.addApp(app);
    undo.push(() => removeApp({ apps, clock })({ id: app.id }));
  }
  if (app?.isStopped === true) await setAppStopped({ apps, clock })({ id: app.id, isStopped: true });
  for (const endpoint of closed) {
    await server.switchEndpoint(endpoint, false);
    undo.push(() => server.switchEndpoint(endpoint, true));
  }
  return undo;
}
