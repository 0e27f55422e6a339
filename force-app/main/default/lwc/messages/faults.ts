// What the bridge says of a peer that said nothing itself, by the code of the bridge.
import noAnswer from '@salesforce/label/c.Say_noAnswer';
import answeredTooMany from '@salesforce/label/c.Say_answeredTooMany';
import answeredNoReason from '@salesforce/label/c.Say_answeredNoReason';
import answeredKeyRefused from '@salesforce/label/c.Say_answeredKeyRefused';
import answeredTooLarge from '@salesforce/label/c.Say_answeredTooLarge';
import answeredForeign from '@salesforce/label/c.Say_answeredForeign';
import answerBroken from '@salesforce/label/c.Say_answerBroken';
import answerBrokenAt from '@salesforce/label/c.Say_answerBrokenAt';
import leadUnreadable from '@salesforce/label/c.Say_leadUnreadable';
import nothingDone from '@salesforce/label/c.Say_nothingDone';
import receiverAnswered from '@salesforce/label/c.Say_receiverAnswered';
import receiverRedirects from '@salesforce/label/c.Say_receiverRedirects';
import receiverNotPublic from '@salesforce/label/c.Say_receiverNotPublic';
import receiverAway from '@salesforce/label/c.Say_receiverAway';
import emailForNobody from '@salesforce/label/c.Say_emailForNobody';
import emailMissed from '@salesforce/label/c.Say_emailMissed';
import theMailServer from '@salesforce/label/c.Say_theMailServer';
import theWebhook from '@salesforce/label/c.Say_theWebhook';

export const FAULTS: Readonly<Record<string, string>> = {
  noAnswer,
  answeredTooMany,
  answeredNoReason,
  answeredKeyRefused,
  answeredTooLarge,
  answeredForeign,
  answerBroken,
  answerBrokenAt,
  leadUnreadable,
  nothingDone,
  receiverAnswered,
  receiverRedirects,
  receiverNotPublic,
  receiverAway,
  emailForNobody,
  emailMissed,
  theMailServer,
  theWebhook,
};
