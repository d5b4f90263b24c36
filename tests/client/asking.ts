// An API that asks: its introspector, which notes the paths it asked at, on a clock a test can move.
import type { Account } from '#core';
import { aMobile, anAegisSpeedId, anEmail, anIdNumber, aPassword, aUsername } from '#tests/support/people';
import { type ServerOptions, startServer, type TestServer } from '#tests/support/server';
import { Visitor } from '#tests/support/visitor';
import { onTestFinished } from 'vitest';

import { Introspector, type IntrospectorOptions } from '../../packages/client/src/index.ts';

/** Moves only when told to; both of its faces at once, unless one is set. */
class StillClock {
  #elapsedMs = 0;
  #epochMs = Date.UTC(2026, 5, 15, 4, 0, 0);

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  epochMs(): number {
    return this.#epochMs;
  }

  advance(milliseconds: number): void {
    this.#elapsedMs += milliseconds;
    this.#epochMs += milliseconds;
  }

  /** Somebody turns the clock on the wall. */
  setBack(milliseconds: number): void {
    this.#epochMs -= milliseconds;
  }
}

/** Somebody with an account every login knows. */
export interface Person {
  readonly account: Account;
  readonly username: string;
  readonly password: string;
  readonly idNumber: string;
  readonly aegisSpeedId: string;
}

/** A server, an API registered with it, and people. */
export class Scene {
  readonly server: TestServer;
  readonly app: { readonly id: string; readonly signature: string };
  readonly clock = new StillClock();
  /** Paths of the questions so far. */
  readonly asked: string[] = [];

  constructor({ server, app }: Pick<Scene, 'app' | 'server'>) {
    this.server = server;
    this.app = app;
  }

  /** With a server of its own, which is gone when the test is over. */
  static async open(options: ServerOptions = {}): Promise<Scene> {
    const scene = await Scene.start(options);
    onTestFinished(() => scene.server.close());
    return scene;
  }

  /** With a server that whoever starts it closes. */
  static async start(options: ServerOptions = {}): Promise<Scene> {
    const server = await startServer(options);
    return new Scene({ server, app: await server.addApp({ id: 'my-api' }) });
  }

  get visitor(): Visitor {
    return new Visitor(this.server.port, this.app);
  }

  introspector(differing: Partial<IntrospectorOptions> = {}): Introspector {
    const fetch: IntrospectorOptions['fetch'] = (url, init) => {
      this.asked.push(new URL(url).pathname);
      return globalThis.fetch(url, init);
    };
    const { app, clock, server } = this;
    return new Introspector({ url: server.url, app, clock, fetch, timeoutMs: 20_000, ...differing });
  }

  async invite(): Promise<Person> {
    const names = {
      username: aUsername(),
      idNumber: anIdNumber(),
      aegisSpeedId: anAegisSpeedId(),
      password: aPassword(),
    };
    const record = { ...names, mobile: aMobile(), email: anEmail(), roles: ['管理员'] };
    return { ...names, account: await this.server.addAccount(record) };
  }

  /** Signs in as the clients of a shop do. */
  async signIn({ username, password }: Person): Promise<string> {
    const { token } = await this.visitor.shopxo(username, password);
    if (token === undefined) throw new Error('the sign-in was refused');
    return token;
  }

  /** Ends all sessions of somebody. */
  async signOut({ account }: Person): Promise<void> {
    await this.server.setStatus(account, 'disabled');
  }
}
