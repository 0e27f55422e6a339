// TestAlert: sends a test message by each way of alerting that is switched on, and says of each what came of it (B24).
import type { AlertChannel } from '../model/alert.ts';
import { say, type Message } from '../model/message.ts';
import type { Handler } from './request.ts';

const SENT = { bell: 'testBellRung', email: 'testEmailSent', webhook: 'testWebhookSent' } as const;
const FAILED = { bell: 'testBellFailed', email: 'testEmailFailed', webhook: 'testWebhookFailed' } as const;

export const testAlert: Handler = async (_run, { alerts, config, reload }) => {
  // The admin may have switched one on a moment ago.
  await reload();
  const outcomes = await alerts.test();
  const isUnset = config().settings.alertWebhook && !outcomes.some(({ channel }) => channel === 'webhook');
  const messages: Message[] = outcomes.map(({ channel, problem }) => messageOf(channel, problem));
  if (outcomes.length === 0 && !isUnset) messages.push(say('testNoChannel'));
  if (isUnset) messages.push(say('testWebhookUnset'));
  return {
    messages,
    data: { channels: outcomes.map(({ channel, problem }) => ({ channel, ok: problem === undefined })) },
  };
};

const messageOf = (channel: AlertChannel, problem: Message | undefined): Message =>
  problem === undefined ? say(SENT[channel]) : say(FAILED[channel], { problem });
