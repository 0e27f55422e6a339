// CheckSetup: reads the rights of the connected user again, and Home shows them at once (M1).
import { counted, type Handler } from './request.ts';

export const checkSetup: Handler = async (_run, { control, reload }) => {
  await reload();
  const rights = await control.readRights();
  const missing = rights.filter((right) => right.missing.length > 0);
  const excess = rights.filter((right) => right.excess.length > 0);
  const sentence = [
    missing.length === 0
      ? `All ${counted(rights.length, 'right')} that the bridge needs are there.`
      : `${counted(missing.length, 'right')} of ${rights.length} lack something: ${missing.map(({ object }) => object).join(', ')}.`,
    excess.length === 0 ? '' : `${counted(excess.length, 'right')} go beyond what is needed.`,
  ];
  return { sentence: sentence.filter(Boolean).join(' '), data: { rights } };
};
