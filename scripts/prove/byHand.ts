// What no program can find out by asking: it needs a second org, another edition, a person who signs in, or a stream that is
// watched while somebody changes a record. Each with what to do and what to look for.

export const BY_HAND: readonly { assumption: string; how: string }[] = [
  {
    assumption: 'A package version can be built with TypeScript components in it',
    how: 'Run `release version` once from a copy with a .ts bundle. Until it passes, only compiled .js is packaged.',
  },
  {
    assumption: 'Topics of an installed package carry its prefix: /data/sellfire__Sellfire__chn',
    how: 'Install a beta, run the bridge’s doctor, and read which topic GetTopic accepted.',
  },
  {
    assumption: 'Writes by collections carry the client name in changeOrigin',
    how: 'Watch the bridge’s log at level debug while it updates two Leads at once. Nothing depends on it: echoes are recognised by value.',
  },
  {
    assumption: 'A lead conversion and a merge publish their events in the documented order',
    how: 'Convert one Lead and merge two with the bridge running; the report must show one link each, moved.',
  },
  {
    assumption: 'An API-only user can give consent in the web-server flow',
    how: 'Connect as the integration user. If the sign-in page refuses it, connect by JWT.',
  },
  {
    assumption: 'A lost answer to a token refresh needs consent again',
    how: 'Cut the network during a refresh of a rotating token; the bridge must ask to be connected again, and say so.',
  },
  {
    assumption: 'Subscribers may or may not add values to the restricted Phase picklist',
    how: 'In a subscriber org open the field in Setup. A value that can be added is still refused by Sellfire, and reported.',
  },
  {
    assumption: 'The package does not install in Professional Edition',
    how: 'Try a Professional Edition trial. The listing names Enterprise Edition and above, whatever comes out.',
  },
  {
    assumption: 'Custom labels in Lightning pages resolve under the namespace',
    how: 'Open Sellfire Home after an installation: the welcome must be words, not {!$Label…}.',
  },
  {
    assumption: 'Whoever works in Spanish reads Spanish, in help texts, sections of layouts and related lists too',
    how: 'Sign in with the language Spanish and open a Field Mapping and a Sync Request. What stays English must be on the list under Texts in docs/package.md.',
  },
  {
    assumption: 'What a flow stores for an event is in the language of the integration user',
    how: 'Give the integration user Spanish and let a report fail to be stored in full (a validation rule on Integration Report): its Reason must be Spanish.',
  },
];
