// The front door of the couriers: each carries messages one way, and one hands them out by channel.
export { AliyunCourier } from './aliyun-courier.ts';
export { ChannelCouriers, type ClosableCourier } from './channel-couriers.ts';
export { LogCourier } from './log-courier.ts';
export { SmtpCourier } from './smtp-courier.ts';
export { TencentCourier } from './tencent-courier.ts';
export { WebhookCourier } from './webhook-courier.ts';
export { Wording } from './wording.ts';
