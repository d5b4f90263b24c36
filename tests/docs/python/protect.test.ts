// The Python example of the page about protecting an API, run by the Python of this machine.
import { join } from 'node:path';

import { describe } from 'vitest';

import { itProtects } from '../protected-api.ts';

const ROOT = process.cwd();

describe('protecting an API with the standard library of Python', () => {
  // The page says: python3 examples/protect/python/api.py
  itProtects(async () => ({ program: 'python3', args: [join(ROOT, 'examples/protect/python/api.py')], cwd: ROOT }));
});
