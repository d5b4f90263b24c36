// The signature for Alibaba Cloud against the worked example of its documentation.
import { Secret } from '#core';
import { describe, expect, it } from 'vitest';

import { signAcs3 } from './acs3-signature.ts';

/** https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature */
const EXAMPLE = {
  host: 'ecs.cn-shanghai.aliyuncs.com',
  action: 'RunInstances',
  version: '2014-05-26',
  parameters: { RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' },
  at: Date.UTC(2023, 9, 26, 10, 22, 32),
  nonce: '3156853299f313e23d1673dc12e1703d',
  accessKeyId: 'YourAccessKeyId',
  accessKeySecret: new Secret('YourAccessKeySecret'),
};

describe('signing for Alibaba Cloud', () => {
  it('comes to the request of the published example', () => {
    expect(signAcs3(EXAMPLE)).toEqual({
      query: 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
      headers: {
        'x-acs-action': 'RunInstances',
        'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        'x-acs-version': '2014-05-26',
        authorization:
          'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
      },
    });
  });

  it('encodes parameters as RFC 3986 has it, in order of their names', () => {
    const { query } = signAcs3({ ...EXAMPLE, parameters: { a1: "!'()*~", a: '演员 {"c":1}' } });

    expect(query).toBe('a=%E6%BC%94%E5%91%98%20%7B%22c%22%3A1%7D&a1=%21%27%28%29%2A~');
  });
});
