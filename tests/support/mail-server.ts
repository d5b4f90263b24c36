// A mail server for a test: a real SMTP conversation on loopback, whose letters are kept in memory.
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';

import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

import { type Letter, readLetter } from './letter.ts';

/** What kind of server. */
export interface MailServerOptions {
  /** Certificate and key: offers STARTTLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The one who may send; without, anybody may. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Answers every recipient with this refusal. */
  readonly refusesWith?: { readonly code: number; readonly text: string };
  /** Takes a letter, and does not say so until it is told to release it. */
  readonly isHolding?: boolean;
}

/** A running mail server. */
export class MailServer {
  readonly letters: Letter[] = [];
  /** Every recipient that was named, even if no letter followed. */
  readonly named: string[] = [];
  connections = 0;
  readonly #held = Promise.withResolvers<() => void>();
  readonly #server: SMTPServer;

  private constructor(options: MailServerOptions) {
    this.#server = new SMTPServer({
      ...tlsOf(options),
      authOptional: options.user === undefined,
      // What is encrypted is another question, which the server under test has to answer.
      allowInsecureAuth: true,
      disabledCommands: [
        ...(options.user === undefined ? ['AUTH'] : []),
        ...(options.tls === undefined ? ['STARTTLS'] : []),
      ],
      disableReverseLookup: true,
      onConnect: (_session, done) => {
        this.connections += 1;
        done();
      },
      onAuth: ({ username, password }, _session, done) => {
        const { user } = options;
        const isRight = username === user?.name && password === user?.password;
        done(isRight ? null : new Error(`no, ${username ?? ''}`), { user: username });
      },
      onRcptTo: ({ address }, _session, done) => {
        this.named.push(address);
        const { refusesWith: no } = options;
        done(no && Object.assign(new Error(no.text), { responseCode: no.code }));
      },
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const recipients = envelope.rcptTo.map(({ address }) => address);
          this.letters.push(readLetter(Buffer.concat(parts).toString(), { sender, recipients }));
          if (options.isHolding === true) this.#held.resolve(done);
          else done();
        });
      },
    });
    // A client that gives up, or does not trust the certificate, is what some tests are about.
    this.#server.on('error', () => undefined);
  }

  /** Listens on a free port of the loopback address until the test is over. */
  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => {
      server.#server.listen(0, '127.0.0.1', () => resolve());
    });
    onTestFinished(() => new Promise<void>((resolve) => server.#server.close(() => resolve())));
    return server;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** The settings with which a server sends its mail here. */
  get settings(): Readonly<Record<string, unknown>> {
    return {
      'couriers.email': 'smtp',
      // A busy machine must not look like a mail server that hangs.
      'couriers.timeoutMs': 30_000,
      'couriers.smtp.host': '127.0.0.1',
      'couriers.smtp.port': this.port,
      'couriers.smtp.security': 'none',
      'couriers.smtp.from': 'no-reply@understudy.example',
    };
  }

  /** Waits for the first letter to be held, and says of it that it has arrived. */
  async released(): Promise<void> {
    const done = await this.#held.promise;
    done();
  }

  last(): Letter {
    const letter = this.letters.at(-1);
    if (letter === undefined) throw new Error('no letter has come');
    return letter;
  }
}

function tlsOf({ tls }: MailServerOptions): SMTPServerOptions {
  if (tls === undefined) return { hideSTARTTLS: true };
  return { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
}
