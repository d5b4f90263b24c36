// The signature for Tencent Cloud against the worked example of its documentation.
import { Secret } from '#core';
import { describe, expect, it } from 'vitest';

import { signTc3 } from './tc3-signature.ts';

/** https://www.tencentcloud.com/document/product/267/37447 */
const EXAMPLE = {
  host: 'cvm.tencentcloudapi.com',
  service: 'cvm',
  body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
  timestamp: 1_551_113_065,
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: new Secret('Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'),
};

describe('signing for Tencent Cloud', () => {
  it('comes to the signature of the published example', () => {
    expect(signTc3(EXAMPLE)).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    );
  });

  it.each([
    ['body', { body: '{}' }],
    ['host', { host: 'cvm.tencentcloudapi.example' }],
    ['instant', { timestamp: 1_551_113_066 }],
    ['key', { secretKey: new Secret('another') }],
  ])('comes to another one for another %s', (_, other) => {
    expect(signTc3({ ...EXAMPLE, ...other })).not.toContain('72e494ea');
  });
});
