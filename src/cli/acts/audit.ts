// Carries out `audit verify` and `audit export`.
import { once } from 'node:events';
import { type AuditVerdict, type KnownHead, readAudit, restartAudit, verifyAudit } from '#core';
import type { Act } from '../act.ts';
import { Misuse } from '../misuse.ts';
import { wholeNumber } from '../numbers.ts';
import { withHouse } from '../open.ts';
import { harmless, type Terminal } from '../terminal.ts';

const HEAD = /^(?<number>\d{1,15}):(?<hash>[\w-]{43})$/;

function headGiven(text: string | undefined): { readonly known?: KnownHead } {
  if (text === undefined) return {};
  const parts = HEAD.exec(text)?.groups;
  if (parts === undefined) throw new Misuse('--head is a number, a colon and a hash, as `audit verify` prints them');
  return { known: { number: Number(parts['number']), hash: parts['hash'] ?? '' } };
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function unsealedText({ unsealed, unsealedSince }: AuditVerdict): string {
  if (unsealedSince === null) return 'no row is unsealed';
  return `${rows(unsealed)} not sealed yet, since ${instant(unsealedSince) ?? ''}; a running server seals them within two minutes`;
}

const rows = (count: number): string => `${count} row${count === 1 ? '' : 's'}`;

/** Says what is wrong, or that nothing is; and what the seal does not cover. */
export const verifyTrail: Act<{ readonly head?: string }> = async (call) => {
  const given = headGiven(call.options.head);
  return withHouse(call, async ({ stores, digests }) => {
    const verdict = await verifyAudit({ audit: stores.audit, digests })(given);
    const { problems, segments, sealed, dropped } = verdict;
    const isIntact = problems.length === 0;
    const head = verdict.head.number === 0 ? null : `${verdict.head.number}:${verdict.head.hash}`;
    const lines = [
      ...problems.map(({ text }) => `wrong: ${harmless(text)}`),
      `${isIntact ? 'intact' : 'NOT INTACT'}: ${rows(sealed)} in ${segments} segments; ${dropped} older segments were dropped for their age`,
      unsealedText(verdict),
      ...(head === null ? [] : [`head ${head} (kept elsewhere, it proves later that nothing was cut off)`]),
    ];
    return {
      text: lines.join('\n'),
      json: {
        ...verdict,
        isIntact,
        unsealedSince: instant(verdict.unsealedSince),
        head,
        problems: problems.map((each) => ({ ...each })),
      },
      exitCode: isIntact ? 0 : 1,
    };
  });
};

/** Begins a new chain. */
export const restartTrail: Act = async (call) =>
  withHouse(call, async ({ stores, clock }) => {
    await restartAudit({ audit: stores.audit, clock })();
    return {
      text: 'the old chain is given up; a running server begins a new one within a minute',
      json: { isRestarted: true },
    };
  });

function instantGiven(text: string | undefined): number {
  if (text === undefined) return 0;
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new Misuse('--since is an instant such as 2026-01-31T00:00:00Z');
  return at;
}

/** Waits for a reader that is slower than we are. */
async function write({ stdout }: Terminal, text: string): Promise<void> {
  if (text !== '' && !stdout.write(text)) await Promise.race([once(stdout, 'drain'), once(stdout, 'close')]);
}

/** Prints row by row; memory holds one page. */
export const exportTrail: Act<{ readonly after?: string; readonly since?: string }> = async (call) => {
  const after = wholeNumber(call.options.after ?? '0', '--after', [0, Number.MAX_SAFE_INTEGER]);
  const since = instantGiven(call.options.since);
  return withHouse(call, async ({ stores }) => {
    for await (const page of readAudit(stores)({ after, since })) {
      if (call.terminal.stdout.destroyed) break;
      const lines = page.map((record) => `${JSON.stringify({ ...record, at: new Date(record.at).toISOString() })}\n`);
      await write(call.terminal, lines.join(''));
    }
    return { text: '', json: null };
  });
};
