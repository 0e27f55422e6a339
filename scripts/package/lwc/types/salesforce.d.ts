// Types of the modules that the platform makes from the metadata of the org and from who is looking at the page.
// Source: LWC guide, "@salesforce Modules".

declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}
declare module '@salesforce/schema/*' {
  const reference: { fieldApiName: string; objectApiName: string };
  export default reference;
}
declare module '@salesforce/customPermission/*' {
  const granted: true | undefined;
  export default granted;
}
declare module '@salesforce/userPermission/*' {
  const granted: true | undefined;
  export default granted;
}
declare module '@salesforce/resourceUrl/*' {
  const url: string;
  export default url;
}
declare module '@salesforce/messageChannel/*' {
  import type { MessageChannel } from 'lightning/messageService';
  const channel: MessageChannel;
  export default channel;
}
declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}
declare module '*.html' {
  const template: unknown;
  export default template;
}
