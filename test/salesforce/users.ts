// The people of the org: who may sign in, with which password, and as which User record.
import type { Row } from './model.ts';
import type { Records } from './records.ts';
import type { SaveSession } from './saveSession.ts';
import { instant } from './values.ts';

export interface OrgUser {
  /** 18 characters. */
  id: string;
  username: string;
  /** For the sign-in page of this org only. */
  password: string;
  name: string;
  email: string;
}

export interface Users {
  readonly admin: OrgUser;
  /** In whose name the bridge works. */
  readonly integration: OrgUser;
  /** By user name, in any letter case; also one who may not sign in any more. */
  find(username: string): OrgUser | undefined;
  get(id: string): OrgUser | undefined;
}

/** One password for everyone: the org listens on loopback only and holds invented data. */
const PASSWORD = 'local-org';

const PROFILES = ['System Administrator', 'Minimum Access - API Only Integrations', 'Standard User'];

/** Makes the organization, its profiles and users, or finds them where the org was opened from a file. */
export function seedUsers(
  records: Records,
  orgId: string,
  now: number,
  insert: (object: string, row: Row) => void,
): Users {
  const stamp = instant(now);
  if (records.find('Organization', {}, 1).length === 0) seed();
  const user = (username: string): OrgUser => {
    const row = records.find('User', { Username: username }, 1)[0];
    if (!row) throw new Error(`The org's file has no user ${username}: start with a new file.`);
    return toUser(row);
  };
  function toUser(row: Row): OrgUser {
    return {
      id: String(row['Id']),
      username: String(row['Username']),
      password: PASSWORD,
      name: String(row['Name']),
      email: String(row['Email']),
    };
  }

  function seed(): void {
    // The first user cannot have been created by another one.
    const session = (user: string): SaveSession => ({
      user,
      now: stamp,
      mayAudit: () => false,
      saved: () => undefined,
      deleting: () => undefined,
    });
    const admin = records.nextId('User');
    const by = { CreatedById: admin, LastModifiedById: admin };
    insert('Organization', {
      ...by,
      Id: orgId,
      Name: 'Local Org',
      OrganizationType: 'Developer Edition',
      InstanceName: 'LOCAL1',
      IsSandbox: false,
      LanguageLocaleKey: 'en_US',
      DefaultLocaleSidKey: 'en_US',
      TimeZoneSidKey: 'GMT',
      Country: 'United States',
    });
    const profiles = PROFILES.map((Name) => {
      const id = records.nextId('Profile');
      insert('Profile', { ...by, Id: id, Name, UserType: 'Standard' });
      return id;
    });
    insert('User', {
      ...by,
      Id: admin,
      Username: 'admin@local.example',
      Email: 'admin@local.example',
      FirstName: 'Ada',
      LastName: 'Admin',
      Name: 'Ada Admin',
      Alias: 'admin',
      ProfileId: profiles[0] ?? null,
      UserType: 'Standard',
      IsActive: true,
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    });
    records.create(session(admin), 'User', {
      Username: 'integration@local.example',
      Email: 'integration@local.example',
      FirstName: 'Sellfire',
      LastName: 'Integration',
      Alias: 'sfint',
      ProfileId: profiles[1] ?? null,
    });
    insert('Pricebook2', {
      ...by,
      Id: records.nextId('Pricebook2'),
      Name: 'Standard Price Book',
      IsActive: true,
      IsStandard: true,
    });
  }

  const admin = user('admin@local.example');
  const integration = user('integration@local.example');
  return {
    admin,
    integration,
    find(username) {
      const row = records.find('User', { Username: username }, 1)[0];
      return row && toUser(row);
    },
    get(id) {
      const row = records.get('User', id);
      return row && toUser(row);
    },
  };
}
