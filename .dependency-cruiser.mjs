// Which folder may know which. A wrong import is a failing check, and each rule says what to do instead.

/** Tests and contracts are free to import what they test with; they never ship. */
const UNSHIPPED = '\\.(test|contract)\\.ts$';

/** A rule about one ring of the house: files in `from` may import only what `allowed` matches. */
const mayOnlyImport = ({ name, from, allowed, comment }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: UNSHIPPED },
  to: { pathNot: allowed },
});

/** A rule about a package that is known in one folder only, so that it can be replaced there. */
const livesIn = (folder, packages, comment) => ({
  name: `lives-in-${folder}`,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^src/${folder}/`, UNSHIPPED] },
  to: { path: packages },
});

const NPM_AND_NODE = '^node_modules/|^(node:)?[a-z_/]+$';
const CORE = '^src/core/';
const WIRE = '^src/wire/';

export default {
  forbidden: [
    mayOnlyImport({
      name: 'core-imports-nothing',
      from: CORE,
      allowed: [CORE],
      comment:
        'The core says what is true and knows no machine: no package, no node:*, no other folder. Declare a port in the core (a plain noun such as Clock) and let src/main hand in what implements it.',
    }),
    mayOnlyImport({
      name: 'wire-knows-the-core-only',
      from: WIRE,
      allowed: [WIRE, CORE, NPM_AND_NODE],
      comment:
        'The kit for speaking HTTP serves every dialect, so it knows none of them, and no store either. Whatever it needs beyond the core comes in as an argument from src/main.',
    }),
    mayOnlyImport({
      name: 'dialects-know-wire-and-core-only',
      from: '^src/dialects/([^/]+)/',
      allowed: ['^src/dialects/$1/', WIRE, CORE, NPM_AND_NODE],
      comment:
        'A dialect says how a thing is spelled: it reads and writes, through #wire and #core. It never sees another dialect, a store or a courier. What two dialects share belongs to the wire.',
    }),
    mayOnlyImport({
      name: 'api-knows-wire-and-core-only',
      from: '^src/api/',
      allowed: ['^src/api/', WIRE, CORE, NPM_AND_NODE],
      comment: 'Our own API is a dialect like the others: #wire and #core, nothing else.',
    }),
    mayOnlyImport({
      name: 'adapters-know-the-core-only',
      from: '^src/(storage|couriers|challenges|crypto|config)/',
      allowed: ['^src/$1/', CORE, NPM_AND_NODE],
      comment:
        'An adapter implements a port of the core and knows nothing beside it. If two adapters must meet, they meet in src/main.',
    }),
    mayOnlyImport({
      name: 'console-is-a-client',
      from: '^src/console/',
      allowed: ['^src/console/', NPM_AND_NODE],
      comment:
        'The console is a client of /api/v1 and of nothing else: what it cannot do over HTTP, nobody else can do either.',
    }),
    mayOnlyImport({
      name: 'packages-are-clients',
      from: '^packages/([^/]+)/',
      allowed: ['^packages/$1/', NPM_AND_NODE],
      comment:
        'A package runs elsewhere, beside another program: it knows the server through /api/v1 and nothing else. What it needs of the server stands in the OpenAPI document.',
    }),
    livesIn(
      'storage',
      ['node_modules/kysely/', '^(node:)?sqlite$', 'node_modules/(pg|postgres)/'],
      "SQL and its engines are the storage folder's secret. Ask a store, through its port.",
    ),
    livesIn(
      'crypto',
      'node_modules/@node-rs/argon2/',
      'Passwords are hashed and checked behind the port that src/crypto implements, so that every hash waits in the same queue.',
    ),
    livesIn('challenges', 'node_modules/altcha-lib/', 'Challenges are posed behind the Puzzle port.'),
    livesIn('couriers', 'node_modules/nodemailer/', 'Mail leaves through the courier for it. Ask the Courier port.'),
    {
      name: 'nobody-imports-main-or-cli',
      comment: 'src/main and src/cli are the outermost ring: they have met everybody, so nobody may lean on them.',
      severity: 'error',
      from: { path: '^src/(?!main/|cli/)', pathNot: UNSHIPPED },
      to: { path: '^src/(main|cli)/' },
    },
    {
      name: 'through-the-front-door',
      comment:
        'Crossing a folder goes through its index.ts. If what you need is not exported there, it is not promised: export it (with TSDoc), or ask whether you need it.',
      severity: 'error',
      from: { path: '^src/(dialects/[^/]+|[^/]+)/' },
      to: { path: '^src/', pathNot: ['^src/$1/', '^src/(dialects/)?[^/]+/index\\.ts$', UNSHIPPED] },
    },
    {
      name: 'by-the-sub-path',
      comment:
        "Crossing a folder is written as a sub-path import: '#core', '#wire', '#dialects/weidu'. Relative paths stay inside their folder.",
      severity: 'error',
      from: { path: '^src/(dialects/[^/]+|[^/]+)/', pathNot: UNSHIPPED },
      to: { path: '^src/', pathNot: '^src/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or hide a third one that both need. Find it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-and-tests-never-ship',
      comment: 'Shipped code never imports a test, a contract or anything under tests/, tools/ or bench/.',
      severity: 'error',
      from: { path: '^src/', pathNot: UNSHIPPED },
      to: { path: [UNSHIPPED, '^(tests|tools|bench|examples)/'] },
    },
    {
      name: 'no-development-packages-in-shipped-code',
      comment:
        'The package is in devDependencies, so it is missing where Understudy runs. Move it to dependencies, with a reason in the change.',
      severity: 'error',
      from: { path: '^src/', pathNot: UNSHIPPED },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'only-declared-packages',
      comment:
        'The package works only because another one happened to bring it. Declare it in package.json, or do without.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'nothing-unresolvable',
      comment:
        'This import leads nowhere: a missing file, a missing front door, or a sub-path that package.json does not list.',
      severity: 'error',
      // What that example imports is installed where it is copied to.
      from: { pathNot: '^examples/protect/node/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.generated\\.|^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
