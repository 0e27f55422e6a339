// Custom notifications, which ring the bell of users: what the action of a flow asks for is checked as the platform checks it, and
// kept for whoever looks.
// Source: Actions Developer Guide, "Custom Notification Actions"; Salesforce Help, "Send Custom Notifications".
import { PlatformError, type FieldValue, type Row } from '../model.ts';

export interface Notification {
  /** DeveloperName of its type. */
  type: string;
  title: string;
  body: string;
  /** Users. */
  recipients: string[];
  /** Where a click leads. */
  target: string;
  /** ms since the epoch. */
  at: number;
}

const MOST_RECIPIENTS = 500;
const LONGEST = { title: 250, body: 750 } as const;

/**
 * @param inputs of the action, by name @param typeOf the type with this id
 * @throws PlatformError for what the platform refuses
 */
export function notificationOf(
  inputs: ReadonlyMap<string, FieldValue | FieldValue[]>,
  typeOf: (id: string) => Row | undefined,
  at: number,
): Notification {
  const text = (name: string): string => {
    const value = inputs.get(name);
    if (typeof value === 'string' && value !== '') return value;
    throw new PlatformError('MISSING_ARGUMENT', `Missing required input parameter: ${name}`);
  };
  const type = typeOf(text('customNotifTypeId'));
  if (!type) throw new PlatformError('INVALID_INPUT', 'The custom notification type is invalid or missing.');
  const given = inputs.get('recipientIds');
  const recipients = (Array.isArray(given) ? given : []).map(String);
  if (recipients.length === 0 || recipients.length > MOST_RECIPIENTS)
    throw new PlatformError('INVALID_INPUT', `A notification has 1 to ${MOST_RECIPIENTS} recipients.`);
  for (const [name, longest] of Object.entries(LONGEST))
    if (text(name).length > longest)
      throw new PlatformError('STRING_TOO_LONG', `The ${name} of a notification has at most ${longest} characters.`);
  return {
    type: String(type['DeveloperName']),
    title: text('title'),
    body: text('body'),
    recipients: [...new Set(recipients)],
    target: text('targetId'),
    at,
  };
}
