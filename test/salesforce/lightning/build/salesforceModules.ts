// The modules of `@salesforce/` of the signed-in user and this person's locale: they ask the session, so that
// one build serves everybody. What a package's metadata says is added where the package is built.
// Source: LWC guide, "@salesforce Modules".
import type { Plugin } from 'rollup';

const PREFIX = '\0session:';
/** Given by the session. Whatever else base components ask of `@salesforce/i18n` they bring themselves. */
const FROM_SESSION =
  /^@salesforce\/(user\/(Id|isGuest)|client\/formFactor|i18n\/(lang|locale|dir|timeZone|currency|firstDayOfWeek|number\.(decimalSeparator|groupingSeparator)|dateTime\.(short|medium|long)(Date|Time|DateTime)Format))$/;
/** The import that gives a package's component what the session knows. */
const SESSION = 'globalThis.lightningSession.module';

/** @param also whether a module of the package's metadata is asked of the session too */
export function platformModule(also: (name: string) => boolean = () => false): Plugin {
  return {
    name: 'salesforce-modules',
    resolveId: (id) => (FROM_SESSION.test(id) || also(id) ? PREFIX + id : undefined),
    load: (id) =>
      id.startsWith(PREFIX) ? `export default ${SESSION}(${JSON.stringify(id.slice(PREFIX.length))});` : undefined,
  };
}
