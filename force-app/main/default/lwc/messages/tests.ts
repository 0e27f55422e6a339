// The steps of a test, of one record or of the alerts, by the code of the bridge.
import testInSellfire from '@salesforce/label/c.Say_testInSellfire';
import testInSalesforce from '@salesforce/label/c.Say_testInSalesforce';
import testChanged from '@salesforce/label/c.Say_testChanged';
import testArrived from '@salesforce/label/c.Say_testArrived';
import testRetired from '@salesforce/label/c.Say_testRetired';
import testEndedEarly from '@salesforce/label/c.Say_testEndedEarly';
import testOneWay from '@salesforce/label/c.Say_testOneWay';
import testPassed from '@salesforce/label/c.Say_testPassed';
import testBellRung from '@salesforce/label/c.Say_testBellRung';
import testBellFailed from '@salesforce/label/c.Say_testBellFailed';
import testEmailSent from '@salesforce/label/c.Say_testEmailSent';
import testEmailFailed from '@salesforce/label/c.Say_testEmailFailed';
import testWebhookSent from '@salesforce/label/c.Say_testWebhookSent';
import testWebhookFailed from '@salesforce/label/c.Say_testWebhookFailed';
import testWebhookUnset from '@salesforce/label/c.Say_testWebhookUnset';
import alertWithoutAddress from '@salesforce/label/c.Say_alertWithoutAddress';
import testNoChannel from '@salesforce/label/c.Say_testNoChannel';

export const TESTS: Readonly<Record<string, string>> = {
  testInSellfire,
  testInSalesforce,
  testChanged,
  testArrived,
  testRetired,
  testEndedEarly,
  testOneWay,
  testPassed,
  testBellRung,
  testBellFailed,
  testEmailSent,
  testEmailFailed,
  testWebhookSent,
  testWebhookFailed,
  testWebhookUnset,
  alertWithoutAddress,
  testNoChannel,
};
