// The routes of the original's API, over both generations, that are not served here.

/** The actions of each controller, in lower case as all routes are compared. */
// oxfmt-ignore
const ACTIONS: Readonly<Record<string, string>> = {
  agreement:         'index',
  answer:            'add index square',
  article:           'datalist detail index',
  attachmentapi:     'catch category categorydelete categorysave delete list movecategory save scanuploaddata upload',
  banner:            'index',
  buy:               'add index',
  cart:              'delete index save stock',
  cashier:           'paydata',
  crontab:           'goodsgiveintegral orderclose orderdeliverysyncweixin ordersuccess paylogorderclose',
  customview:        'index',
  design:            'index',
  devtest:           'brandcategoryhandle fanyi fanyidata goodsinventoryhandle index messagehandle myfanyi orderaddress payloghandle pluginsfanyi refundloghandle region',
  diy:               'index',
  diyapi:            'articleappointdata articleautodata articlelist brandappointdata brandautodata brandlist custominit customviewlist designlist diylist goodsappointdata goodsautodata goodsbrowseautodata goodsfavorautodata goodslist goodsmagicinit userheaddata',
  forminput:         'index verifyentry verifysend',
  forminputdata:     'delete detail index save',
  goods:             'category comments detail favor goodsscore specdetail spectype stock',
  index:             'index',
  message:           'index',
  navigation:        'index',
  order:             'cancel collect comments commentssave delete detail index pay paycheck',
  orderaftersale:    'aftersale cancel create delivery detail index',
  ordernotify:       'notify',
  paylog:            'detail index',
  personal:          'index save useravatarupload',
  plugins:           'getclassvars index',
  region:            'all codedata index',
  safety:            'loginpwdupdate logout',
  search:            'datalist index start',
  toutiao:           'pay',
  ueditor:           'index',
  user:              'alipayuserauth alipayuserinfo appemailbind appemailbindverifysend appminiuserauth appminiuserinfo appmobilebind appmobilebindverifysend baiduuserauth baiduuserinfo onekeyusermobilebind onekeyusermobiledecrypt qquserauth qquserinfo toutiaouserauth toutiaouserinfo userbasereg wechatuserauth wechatuserinfo',
  useraddress:       'delete detail extraction index outsystemadd save setdefault',
  usergoodsbrowse:   'delete index',
  usergoodscomments: 'delete detail index save',
  usergoodsfavor:    'cancel index',
  userintegral:      'index',
};

const ROUTES = new Map(
  Object.entries(ACTIONS).map(([controller, actions]) => [controller, new Set(actions.split(' '))]),
);

/** Whether the original answers the route, and this server does not. */
export function isLeftOut({ controller, action }: { readonly controller: string; readonly action: string }): boolean {
  return ROUTES.get(controller)?.has(action) === true;
}

/** Whether the original has the controller. */
export function isController(name: string): boolean {
  return name === 'base' || ROUTES.has(name);
}
