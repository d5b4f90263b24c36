// The account fields that only ShopXO knows.
import { type Static, Type } from '#wire';

const openId = (description: string) => Type.String({ default: '', description });
const count = (description: string) => Type.Integer({ default: 0, description });

/** Schema, defaults and descriptions. */
export const attributes = Type.Object(
  {
    number_code: Type.String({
      default: '',
      description: 'Membership number; derived from the account while empty (v6).',
    }),
    alipay_openid: openId('Identity at Alipay.'),
    weixin_openid: openId('Identity in the Weixin mini program.'),
    weixin_unionid: openId('Identity at Weixin across its applications.'),
    weixin_web_openid: openId('Identity in Weixin web pages.'),
    baidu_openid: openId('Identity at Baidu.'),
    toutiao_openid: openId('Identity at Toutiao.'),
    toutiao_unionid: openId('Identity at Toutiao across its applications (v6).'),
    qq_openid: openId('Identity at QQ.'),
    qq_unionid: openId('Identity at QQ across its applications.'),
    kuaishou_openid: openId('Identity at Kuaishou (v6).'),
    integral: count('Points.'),
    locking_integral: count('Points that cannot be spent yet.'),
    referrer: count('Number of the account that brought this one.'),
    plugins_distribution_level: count('Level in the distribution plug-in (v2).'),
    plugins_user_level: count('Level in the membership plug-in (v2).'),
  },
  { additionalProperties: false },
);

export type ShopxoAttributes = Static<typeof attributes>;
