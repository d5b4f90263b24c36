// Seals the audit trail while the server runs, so that nobody who signs in waits for it.
import { sealAudit } from '#core';
import type { Logger } from 'pino';
import type { House } from './house.ts';
import { describeFault } from './observer.ts';

const EVERY_MS = 60_000;

/** Seals every minute until the returned function is called. The log then holds every head: one that is kept elsewhere proves a cut. */
export function startAuditSealer({ stores, clock, digests }: House, log: Logger): () => void {
  const seal = sealAudit({ audit: stores.audit, clock, digests });
  const sealAndSay = async (): Promise<void> => {
    const segment = await seal();
    if (segment !== undefined) log.info({ head: `${segment.number}:${segment.hash}` }, 'sealed the audit trail');
  };
  const timer = setInterval(
    () => void sealAndSay().catch((fault: unknown) => log.error({ fault: describeFault(fault) }, 'sealing failed')),
    EVERY_MS,
  );
  timer.unref();
  return () => clearInterval(timer);
}
