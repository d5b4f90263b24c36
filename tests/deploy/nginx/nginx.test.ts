// The nginx sample, in a real nginx.
import { startNginx } from '#tests/support/proxy';

import { describeProxy } from '../behind-proxy.ts';

describeProxy('nginx', startNginx);
