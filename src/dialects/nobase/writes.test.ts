// What NoBase answers to a login that succeeded.
import { replyWith } from '#tests/support/reply';
import { shown, signedIn } from '#tests/support/signed-in';
import { PUBLIC_URL } from '#tests/support/wire-request';
import { describe, expect, it } from 'vitest';
import { settings } from './settings.ts';
import { writeLogin } from './writes.ts';

const REQUEST = { on: 'GET /api/user/login?appid=1&user=13800000000&pass=p&signature=s' };
const reply = replyWith(settings, {}, REQUEST);

function dataOf(answer: { readonly body: string }): unknown {
  return (JSON.parse(answer.body) as { readonly data: unknown }).data;
}

describe('a user who has logged in', () => {
  it('is answered as in the document, byte by byte', () => {
    const account = {
      identifiers: [shown('username', '123456')],
      profile: { nickname: 'Gu Jiang', avatar: 'https://pictures.example.org/1.jpg', gender: 'male' as const },
      attributes: { nobase: { exp: 5, viptime: '2025-02-09 11:48:23', piastrenum: 152 } },
    };

    const answer = writeLogin(signedIn(account), reply);

    expect(answer.status).toBe(200);
    expect(answer.body).toBe(
      '{"code":200,"msg":"success","data":{"username":"123456","nickname":"Gu Jiang","qq":"Not bound",' +
        '"useremail":"Not bound","exp":5,"grade":0,"title":"Not equipped","createtime":"2025-02-09 11:48:23",' +
        '"logintime":"2025-06-12 17:16:31","viptime":"Expired (4 months)","Continuous":0,"piastrenum":152,"likes":0,' +
        '"Continuouslogin":0,"signature":"This user is too lazy to leave a signature",' +
        '"icon":"https://pictures.example.org/1.jpg","foll":0,"fans":0,"forum":0,"sex":1,' +
        '"token":"token-of-the-session","token_dead":1750324591}}',
    );
  });

  it('is shown everything that is set', () => {
    const account = {
      identifiers: [shown('username', 'alice'), shown('email', 'alice@example.org')],
      profile: { gender: 'female' as const, avatar: '/pictures/alice.png' },
      attributes: {
        nobase: { qq: '10000', title: 'Captain', signature: 'Ahoy', Continuous: 3, foll: 1, fans: 2, forum: 4 },
      },
      signInDayRun: 6,
    };

    const answer = writeLogin(signedIn(account), reply);

    expect(dataOf(answer)).toMatchObject({
      nickname: 'alice',
      qq: '10000',
      useremail: 'alice@example.org',
      title: 'Captain',
      signature: 'Ahoy',
      icon: `${PUBLIC_URL}/pictures/alice.png`,
      sex: 2,
      Continuous: 3,
      Continuouslogin: 6,
      foll: 1,
      fans: 2,
      forum: 4,
    });
  });

  it('is called what it typed when it has no username', () => {
    const answer = writeLogin(signedIn(), reply);

    expect(dataOf(answer)).toMatchObject({ username: '13800000000', nickname: '13800000000' });
  });

  it('gets a picture of ours when it has none', () => {
    const answer = writeLogin(signedIn(), reply);

    expect(dataOf(answer)).toMatchObject({ icon: `${PUBLIC_URL}/assets/default-avatar.png` });
  });

  it('is not kept out by fields of the wrong type', () => {
    const attributes = { nobase: { exp: 'many', title: 7, viptime: 'soon', likes: null } };

    const answer = writeLogin(signedIn({ attributes }), reply);

    expect(dataOf(answer)).toMatchObject({ exp: 0, title: 'Not equipped', viptime: 'Not activated', likes: 0 });
  });

  it('is spoken to in Chinese where that is set', () => {
    const attributes = { nobase: { viptime: '2025-02-09 11:48:23' } };

    const answer = writeLogin(signedIn({ attributes }), replyWith(settings, { locale: 'zh' }, REQUEST));

    expect(dataOf(answer)).toMatchObject({
      qq: '未绑定',
      useremail: '未绑定',
      title: '未佩戴',
      viptime: '已逾期(4月)',
      signature: '此用户很懒,连签名都没有留下',
    });
  });
});
