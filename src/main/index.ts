// The only place that has met everybody: opens the house, knows the dialects, serves.
export { addressWarnings } from './address-warnings.ts';
export { type Arrangement, arrange } from './config.ts';
export { DIALECTS } from './dialects.ts';
export { type House, keyFileOf, KEYS_FACT, openHouse } from './house.ts';
export { watchKeys } from './key-watch.ts';
export { type RunningServer, serve } from './serve.ts';
