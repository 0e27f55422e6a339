// Codes of errors of the store.
import type { Entry } from './entry.ts';

export const STORE = {
  STORE_IN_USE: {
    title: 'Store in use',
    places: ['error', 'check'],
    sentence: 'Another process has the store {file} open.',
    action: 'Stop the other bridge first, or give this one a store of its own.',
  },
  STORE_TAKEN_OVER: {
    title: 'Another process leads',
    places: ['error'],
    sentence: 'Another process has taken the lead: this one writes nothing any more.',
    action:
      'Nothing, where whatever runs the bridge starts it again: it stands by then. Where it happens again and again, see that its machine is not stopped or out of memory.',
  },
  STORE_LEASE_EXPIRED: {
    title: 'Lease of the lead has run out',
    places: ['error'],
    sentence: 'The lease of this process on the database has run out: until it is renewed, another process may lead.',
    action: 'Nothing: it is renewed once the database answers. Check that the database of DATABASE_URL runs.',
  },
  STORE_UNUSABLE: {
    title: 'Store cannot be used',
    places: ['error', 'check'],
    action: 'Check the disk: its room, its health, and the permissions of the file.',
    cases: {
      opening: {
        sentence: 'The store {file} cannot be opened: {cause}.',
        action:
          'Check that the path is a file of the bridge on a local disk, that this user may write to it, and that the disk has room.',
      },
      running: {
        sentence: 'The store cannot be read or written: {cause}.',
        action:
          'Check the disk: its room, its health, and the permissions of the file. Nothing that was confirmed is lost.',
      },
      database: {
        sentence: 'The database {place} cannot be used: {cause}.',
        action:
          'Check that the database of DATABASE_URL runs, that this machine reaches it and that its user may create tables. The bridge goes on by itself; nothing that was confirmed is lost.',
      },
    },
  },
  STORE_LOST: {
    title: 'Store is not the one that the org knows',
    places: ['error', 'state'],
    action:
      'Stop the bridge, put the right store back and start it again. If there is none, choose Restore Links on Home (or run: npm run bridge -- restore-links): pairs are linked again by the ids that records carry, and what has changed since {since} is compared.',
    cases: {
      lost: {
        sentence:
          'The store of the bridge is empty, but this org was in step with Sellfire before: its links are lost. Nothing is written until somebody decides.',
      },
      older: {
        sentence:
          'The store of the bridge is another one, or an older copy, than the one that kept this org in step last. Nothing is written until somebody decides.',
      },
      emptied: {
        sentence: 'The store of the bridge has lost links that it had. Nothing is written until somebody decides.',
      },
    },
  },
  STORE_NEWER: {
    title: 'Store of a newer version',
    places: ['error'],
    sentence: 'The store was written by a newer version of the bridge ({migrations}).',
    action: 'Start that version, or restore the backup that was made before the upgrade.',
  },
  STANDS_BY: {
    title: 'Another process leads',
    places: ['error'],
    sentence: 'This process of the bridge stands by, and another one leads: only that one can do this.',
    action: 'Try again in a moment, or ask the process that leads.',
  },
  STORE_OTHER_VERSION: {
    title: 'Store of another version',
    places: ['error'],
    sentence: 'Another version of the bridge leads: this process keeps nothing before it leads itself.',
    action: 'Start the same version everywhere. During an upgrade nothing is lost: what is refused now is sent again.',
  },
  STORE_HALF_MOVED: {
    title: 'Store is moved in part',
    places: ['error'],
    sentence: 'A store is being moved to this database, and the move has not ended.',
    action:
      'Run npm run bridge -- move-store again: it goes on where it ended. To give it up, drop the schema, and start the bridge without DATABASE_URL.',
  },
  MOVE_SOURCE_MISSING: {
    title: 'There is no store to move',
    places: ['error'],
    sentence: 'There is no store at {file}.',
    action: 'Check DATA_DIR. A store that was moved is called the same with .moved at its end.',
  },
  MOVE_TARGET_USED: {
    title: 'Database has a store already',
    places: ['error'],
    sentence: 'The database of DATABASE_URL has a store already ({table} has rows): nothing was moved.',
    action: 'Give DATABASE_URL an empty schema, or drop the one that is there if nobody needs it.',
  },
  MOVE_DIFFERS: {
    title: 'Moved store differs',
    places: ['error'],
    sentence:
      'After everything was copied twice, {table} differs between the file and the database: the move has not ended.',
    action:
      'Check that nothing else writes to the database, and run it again. The file is as it was; the bridge still runs on it without DATABASE_URL.',
  },
  STORE_CLOSED: {
    title: 'Store is closed',
    places: ['error'],
    sentence: 'The store is closed.',
    action: 'Start the bridge again.',
  },
  STORE_STOPPED: {
    title: 'Store has stopped',
    places: ['error'],
    action: 'Start the bridge again; everything that was confirmed is on the disk.',
    cases: {
      because: { sentence: "The store's thread has stopped: {cause}." },
      unexplained: { sentence: "The store's thread has stopped." },
    },
  },
  LINK_UNREADABLE: {
    title: 'Link of another version',
    places: ['error'],
    sentence: 'The link of lead {lead} is stored in a form that this version cannot read: {cause}',
    action: 'Start the version of the bridge that wrote it last, or restore the store from a backup.',
  },
} as const satisfies Record<string, Entry>;
