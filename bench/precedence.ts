// Clients are on machines of their own; those who play them here must not wait for the servers they measure.
import { spawnSync } from 'node:child_process';

/** The only thread of this process that plays clients. Linux and root; elsewhere it plays them as it can. */
const schedule = (...policy: readonly string[]): void => {
  spawnSync('chrt', [...policy, String(process.pid)], { stdio: 'ignore' });
};

/** Whoever plays clients meanwhile does so before everything else on this machine. */
export async function withPrecedence<T>(work: () => Promise<T>): Promise<T> {
  schedule('--reset-on-fork', '--fifo', '--pid', '1');
  try {
    return await work();
  } finally {
    schedule('--other', '--pid', '0');
  }
}
