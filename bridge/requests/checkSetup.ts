// CheckSetup: reads the rights of the connected user again, and Home shows them at once (M1).
import { say } from '../model/message.ts';
import type { Handler } from './request.ts';

export const checkSetup: Handler = async (_run, { control, reload }) => {
  await reload();
  const rights = await control.readRights();
  const missing = rights.filter((right) => right.missing.length > 0);
  const excess = rights.filter((right) => right.excess.length > 0);
  const lacking = {
    count: missing.length,
    total: rights.length,
    objects: missing.map(({ object }) => object).join(', '),
  };
  const messages = [
    missing.length === 0 ? say('rightsAll', { count: rights.length }) : say('rightsLack', lacking),
    ...(excess.length === 0 ? [] : [say('rightsBeyond', { count: excess.length })]),
  ];
  return { messages, data: { rights } };
};
