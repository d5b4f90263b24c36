// The Caddy sample, in a real Caddy.
import { startCaddy } from '#tests/support/proxy';

import { describeProxy } from '../behind-proxy.ts';

describeProxy('Caddy', startCaddy);
