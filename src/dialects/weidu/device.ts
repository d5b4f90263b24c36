// What a weidu client says about its device: five fields that an operator can make mandatory.
import { createHash } from 'node:crypto';
import { type ClientDescription, Refusal } from '#core';
import type { Fields, Reading } from '#wire';
import { numberIn, textIn } from './fields.ts';
import type { WeiduSettings } from './settings.ts';

type Formula = WeiduSettings['deviceSign'];

const MAX_SKEW_MS = 300_000;

/** @throws Refusal `input.malformed` naming the field that is missing, wrong or out of date */
export function readDevice(fields: Fields, { settings, now }: Reading<WeiduSettings>): ClientDescription {
  const given = {
    device_model: textIn(fields, 'device_model'),
    device_name: textIn(fields, 'device_name'),
    timestamp: numberIn(fields, 'timestamp'),
    device_id: textIn(fields, 'device_id'),
    device_sign: textIn(fields, 'device_sign'),
  };
  if (settings.device === 'required') assertComplete(given, now);
  assertSign(given.device_sign, given.device_id, settings.deviceSign);
  return {
    ...(given.device_id !== undefined && { deviceId: given.device_id }),
    ...(given.device_name !== undefined && { deviceName: given.device_name }),
    ...(given.device_model !== undefined && { deviceModel: given.device_model }),
  };
}

function assertComplete(given: { readonly timestamp: number | undefined }, now: number): void {
  const missing = Object.entries(given).find(([, value]) => value === undefined);
  if (missing !== undefined) throw new Refusal('input.malformed', { field: missing[0] });
  if (Math.abs((given.timestamp ?? 0) * 1000 - now) > MAX_SKEW_MS)
    throw new Refusal('input.malformed', { field: 'timestamp' });
}

/** A sign that was left out is a matter of `device: required` alone. */
function assertSign(sign: string | undefined, deviceId: string | undefined, formula: Formula): void {
  if (formula.hash === 'off' || sign === undefined) return;
  if (sign !== signOf(deviceId ?? '', formula, formula.hash))
    throw new Refusal('input.malformed', { field: 'device_sign' });
}

function signOf(deviceId: string, formula: Formula, hash: 'md5' | 'sha1' | 'sha256'): string {
  const values = { app_name: formula.appName, business_type: formula.businessType, device_id: deviceId };
  const digest = createHash(hash).update(formula.order.map((part) => values[part]).join(formula.separator));
  if (formula.digest === 'base64') return digest.digest('base64');
  const hex = digest.digest('hex');
  return formula.digest === 'HEX' ? hex.toUpperCase() : hex;
}
