// The settings about challenges: when they are due, which kinds there are, and who examines them.
import { Type } from 'typebox';

import { count, secretText, text } from './kinds-of-setting.ts';

const hosted = Type.Object(
  {
    siteKey: text('The public key of the widget. Without it there is no hosted challenge.'),
    secret: secretText('The secret key of the widget.'),
    url: text('Where answers are examined.', 'https://challenges.cloudflare.com/turnstile/v0/siteverify'),
    timeoutMs: count('How long the provider may take; beyond it clients get a picture.', 5000, [100, 30_000]),
  },
  { description: 'Cloudflare Turnstile, for operators who want their challenges judged there.' },
);

export const challenges = Type.Object(
  {
    failures: count(
      'Failures of a source, or of an account, from which on dialects set to `afterFailures` demand a challenge.',
      3,
      [1, 1000],
    ),
    kinds: Type.Array(Type.Enum(['picture', 'proof-of-work', 'hosted']), {
      description:
        'Kinds that `POST /api/v1/challenges` offers, the first choice first; a picture is always there when others fail.',
      default: ['picture', 'proof-of-work'],
      minItems: 1,
    }),
    perMinute: count('Challenges one source may ask for within a minute.', 30, [1, 10_000]),
    lifeSeconds: count('How long a challenge of `/api/v1` can be answered.', 300, [30, 3600]),
    tokenSeconds: count('How long the token for a right answer is good.', 300, [30, 3600]),
    workRounds: count(
      'Rounds of PBKDF2 for each of some 256 guesses that solve a proof of work.',
      5000,
      [100, 1_000_000],
    ),
    hosted,
  },
  { description: 'Challenges (captchas). Each dialect says for itself whether it demands them.' },
);
