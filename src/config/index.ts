// The front door of the configuration: reading it, checking it, showing it and handing it on in the core's words.
export { ConfigError } from './config-error.ts';
export { budgetLimitsOf, passwordPolicyOf, sendingRulesOf } from './core-limits.ts';
export { insecureStartReasons } from './insecure-start.ts';
export { extraDialectsOf, fileWithSecrets, loadConfig, withPort } from './load-config.ts';
export { isLoopback } from './network-text.ts';
export { configurationReference } from './reference.ts';
export type { Config } from './schema.ts';
export { showConfig } from './show-config.ts';
