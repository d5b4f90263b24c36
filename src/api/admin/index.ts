// The calls of administrators.
import type { ApiRow } from '../kit/define-call.ts';
import { accountCalls } from './accounts.ts';
import { demandingYoungSessions } from './administrators.ts';
import { appCalls } from './apps.ts';
import { recordCalls } from './records.ts';

export const adminCalls: readonly ApiRow[] = [...accountCalls, ...appCalls, ...recordCalls].map(demandingYoungSessions);
