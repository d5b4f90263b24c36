// A storm of strangers: names nobody has, from everywhere, while a few people sign in from where they always do.
import { OpenLoop } from '../open-loop.ts';
import type { Person } from '../people.ts';
import { entranceOf } from './entrances.ts';
import { judge, p99, type Side, SOURCES, type Storm } from './weather.ts';

/** Of what storms: a quarter of what can be hashed, where four times of that storms. */
const REGULARS_SHARE = 1 / 16;
const GRACE_MS = 3000;
const STRANGERS = 2000;

/** What became of those who are known. */
export interface Regulars {
  readonly servedShare: number;
  readonly p99: number;
  /** Share of the strangers that was told something else than to come back. */
  readonly strangersShare: number;
}

/** Each from a network of its own: nobody uses up an allowance. */
export const NETWORKS = Array.from({ length: STRANGERS }, (_, index) => `127.${10 + (index % 200)}.${index % 250}.1`);

/** People whose numbers nobody has. */
export const strangersWith = (password: string): readonly Person[] =>
  NETWORKS.map((_, index) => ({ mobile: `188${String(index).padStart(8, '0')}`, password, passwordHash: '' }));

/** Lets it storm; the sources of the regulars have to be known. */
export async function regularsAmongStrangers({ server, logins }: Side, { perSecond, forMs }: Storm): Promise<Regulars> {
  const plan = { port: server.port, forMs, graceMs: GRACE_MS };
  const storming = new OpenLoop({
    ...plan,
    perSecond,
    requests: entranceOf(server, strangersWith('not the password')).requests,
    sources: NETWORKS,
    judge: (answer) => judge(answer, '"code":'),
  }).run();
  const regulars = new OpenLoop({
    ...plan,
    perSecond: perSecond * REGULARS_SHARE,
    requests: logins.requests,
    sources: SOURCES,
    judge: (answer) => judge(answer, logins.expects),
  }).run();
  const [storm, known] = await Promise.all([storming, regulars]);
  return {
    servedShare: known.served.length / known.sent,
    p99: p99(known.served),
    strangersShare: storm.served.length / storm.sent,
  };
}
