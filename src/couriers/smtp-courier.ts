// Sends letters through a mail server.
import { readFileSync } from 'node:fs';
import { type Courier, CourierError, type Message, type Secret } from '#core';
import type { Transporter } from 'nodemailer';

import { providerCode } from './provider-call.ts';
import type { Wording } from './wording.ts';

/** The mail server and how to speak to it. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls` sends nothing before the upgrade has succeeded. */
  readonly security: 'starttls' | 'tls' | 'none';
  /** File with the certificates to trust; empty for the usual authorities. */
  readonly ca: string;
  /** Empty for no authentication. */
  readonly user: string;
  readonly password: Secret;
  readonly from: string;
}

/** What sending letters needs. */
export interface SmtpCourierDeps {
  readonly settings: SmtpSettings;
  /** Shown as the sender's name. */
  readonly product: string;
  readonly timeoutMs: number;
  readonly wording: Wording;
}

/** A few connections are enough, and stay open for the next letter for a while. */
const POOL = { pool: true, maxConnections: 4, maxRequeues: 0, idleTimeout: 30_000 } as const;

/** Loads the mailer with the first letter: a server that sends none need not keep it in memory. */
export class SmtpCourier implements Courier {
  readonly #deps: SmtpCourierDeps;
  #mailer: Promise<Transporter> | undefined;

  constructor(deps: SmtpCourierDeps) {
    this.#deps = deps;
  }

  async send(message: Message): Promise<void> {
    const { product, settings, timeoutMs, wording } = this.#deps;
    const letter = wording.letterOf(message);
    const signal = AbortSignal.timeout(timeoutMs);
    const mailer = await (this.#mailer ??= openMailer(this.#deps));
    try {
      await mailer.sendMail({
        ...letter,
        from: { name: product, address: settings.from },
        to: { name: '', address: message.to },
        // Whatever a header could be taken for, these two go to the server, and nobody else.
        envelope: { from: settings.from, to: [message.to] },
        headers: { 'auto-submitted': 'auto-generated' },
        xMailer: false,
        signal,
      });
    } catch (reason) {
      throw new CourierError(`smtp: ${signal.aborted ? 'no answer in time' : kindOf(reason)}`);
    }
  }

  async close(): Promise<void> {
    (await this.#mailer)?.close();
  }
}

async function openMailer({ settings, timeoutMs }: SmtpCourierDeps): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const { host, port, security, ca, user, password } = settings;
  return createTransport({
    ...POOL,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca !== '' && { ca: readFileSync(ca) }) },
    ...(user !== '' && { auth: { user, pass: password.reveal() } }),
    connectionTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** `EAUTH 535`, `DEPTH_ZERO_SELF_SIGNED_CERT`: the mailer's code and the server's, and not its text, which may quote the address. */
function kindOf(reason: unknown): string {
  const { code, originalCode, responseCode } = reason as {
    readonly code?: unknown;
    readonly originalCode?: unknown;
    readonly responseCode?: unknown;
  };
  const kind = providerCode(originalCode ?? code);
  return typeof responseCode === 'number' ? `${kind} ${responseCode}` : kind;
}
