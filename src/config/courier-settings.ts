// The settings of what carries messages, of their words, and of which notices are sent.
import { LANGUAGES, MESSAGE_NAMES } from '#core';
import { Type } from 'typebox';

import { count, flag, secretText, text } from './kinds-of-setting.ts';

const message = Type.Enum([...MESSAGE_NAMES]);
const language = Type.Enum([...LANGUAGES]);
const words = Type.Optional(Type.String({ minLength: 1, maxLength: 2000 }));

const texts = Type.Array(Type.Object({ message, language, subject: words, email: words, sms: words }), {
  description:
    'Words of your own, each row for one message in one language: `subject` and `email` of the letter, `sms` of the short message. Gaps: `{product}`; in codes `{code}`, `{minutes}`; in notices `{at}`, `{source}`.',
  default: [],
  maxItems: 100,
});

const templates = (description: string) =>
  Type.Array(
    Type.Object({
      message,
      language: Type.Optional(language),
      id: Type.String({ minLength: 1, maxLength: 100 }),
      parameters: Type.Array(Type.String({ minLength: 1 }), { maxItems: 10 }),
    }),
    { description, default: [], maxItems: 100 },
  );

const smtp = Type.Object(
  {
    host: text('Server that takes the mail.'),
    port: count('Its port; 465 speaks TLS from the start.', 587, [1, 65_535]),
    security: Type.Enum(['starttls', 'tls', 'none'], {
      description: '`starttls` demands the upgrade, `tls` speaks TLS from the start, `none` is for loopback only.',
      default: 'starttls',
    }),
    ca: text('File with the certificates to trust, PEM, instead of the usual authorities.'),
    user: text('Name to sign in with; empty for none.'),
    password: secretText('Its password.'),
    from: text('Address the mail comes from.'),
  },
  { description: 'The courier `smtp`.' },
);

const webhook = Type.Object(
  {
    url: text('Address that takes a POST for each message: https, or loopback.'),
    secret: secretText('Key of the HMAC-SHA256 with which each POST is signed; 32 characters or more.'),
  },
  { description: 'The courier `webhook`.' },
);

const aliyun = Type.Object(
  {
    endpoint: text('Address of the API.', 'https://dysmsapi.aliyuncs.com'),
    accessKeyId: text('AccessKey ID.'),
    accessKeySecret: secretText('AccessKey secret.'),
    signName: text('Approved signature.'),
    templates: templates(
      'Approved templates: `message`, perhaps `language`, `id` (`SMS_…`) and `parameters`, the gaps it names.',
    ),
  },
  { description: 'The courier `aliyun`: short messages through Alibaba Cloud (Dysmsapi).' },
);

const tencent = Type.Object(
  {
    endpoint: text('Address of the API.', 'https://sms.tencentcloudapi.com'),
    region: text('Region.', 'ap-guangzhou'),
    secretId: text('SecretId.'),
    secretKey: secretText('SecretKey.'),
    appId: text('SmsSdkAppId.'),
    signName: text('Approved signature; numbers of mainland China need one.'),
    templates: templates(
      'Approved templates: `message`, perhaps `language`, `id` and `parameters`, the gaps in the order of `{1}`, `{2}` and so on.',
    ),
  },
  { description: 'The courier `tencent`: short messages through Tencent Cloud.' },
);

export const couriers = Type.Object(
  {
    sms: Type.Enum(['none', 'aliyun', 'tencent', 'webhook', 'log'], {
      description: 'What carries short messages.',
      default: 'none',
    }),
    email: Type.Enum(['none', 'smtp', 'webhook', 'log'], { description: 'What carries e-mail.', default: 'none' }),
    product: Type.String({
      description: 'What messages call this service.',
      default: 'Understudy',
      minLength: 1,
      maxLength: 40,
    }),
    timeoutMs: count('How long a message may take to be taken over.', 5000, [100, 60_000]),
    development: flag('Allows the courier `log`, which prints messages, codes and all, instead of sending them.'),
    texts,
    smtp,
    webhook,
    aliyun,
    tencent,
  },
  { description: 'What carries codes and notices. A channel without a courier carries nothing.' },
);

export const notices = Type.Object(
  {
    newSource: flag('Tells the owner of a sign-in from a source the account has not known for 30 days.'),
    passwordChanged: flag('Tells the owner when the password was set or removed.'),
    locked: flag('Tells the owner when failures have locked the account.'),
    perDay: count('Notices of each kind for one account and day.', 3, [1, 100]),
    language: Type.Enum([...LANGUAGES], { description: 'Their language.', default: 'zh' }),
  },
  { description: 'Notices to the owner of an account: to a proven e-mail address, else to a proven mobile.' },
);
