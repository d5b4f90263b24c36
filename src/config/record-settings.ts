// Settings of what is kept about the past: the audit trail and the decision records.
import { Type } from 'typebox';

import { count, flag } from './kinds-of-setting.ts';

/** Below this the law of some countries is not met, so it takes a second setting to say that it is meant. */
export const LEAST_AUDIT_DAYS = 180;

export const audit = Type.Object(
  {
    retentionDays: count(
      `Days after which audit events go, whole segments at a time; below ${LEAST_AUDIT_DAYS} only with \`audit.allowShortRetention\`.`,
      400,
      [1, 36_500],
    ),
    allowShortRetention: flag(`Allows fewer than ${LEAST_AUDIT_DAYS} days.`),
  },
  { description: 'The record of what happened, sealed so that changing it shows.' },
);

export const decisions = Type.Object(
  {
    retentionDays: count('Days after which decision records go.', 30, [1, 3650]),
    maxRecords: count('Most records that are kept; beyond it the oldest go.', 200_000, [1000, 10_000_000]),
  },
  { description: 'Why requests were refused, for `understudy explain`.' },
);
