-- Saved connections. Their secrets come here sealed.
CREATE TABLE connection (
  id         TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  details    TEXT NOT NULL,
  sealed     TEXT NOT NULL
) STRICT;

-- Where each source was read up to; moves only together with the inbox rows that it covers.
CREATE TABLE cursor (
  connection TEXT NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (connection, name)
) STRICT, WITHOUT ROWID;

-- Received changes, the truth of what is still to do.
CREATE TABLE inbox (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  connection  TEXT NOT NULL,
  source      TEXT NOT NULL CHECK (source IN ('salesforce', 'sellfire')),
  event_id    TEXT NOT NULL,
  record_id   TEXT NOT NULL,
  -- 0; 1, 2 … for the further leads of an Account that several leads share.
  copy        INTEGER NOT NULL DEFAULT 0,
  -- Rows of one key are decided in order: the Sellfire lead where it is known, else the record.
  key         TEXT NOT NULL,
  -- JSON; dropped when done, what stays is the event's identity.
  change      TEXT,
  received_at INTEGER NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'parked')),
  finished_at INTEGER,
  code        TEXT,
  reason      TEXT,
  UNIQUE (connection, source, event_id, record_id, copy)
) STRICT;

-- Hot: the rows of a key in order, the keys with work, their number and age.
CREATE INDEX inbox_pending ON inbox (connection, key, seq, received_at) WHERE state = 'pending';
CREATE INDEX inbox_parked ON inbox (connection, key) WHERE state = 'parked';
CREATE INDEX inbox_done ON inbox (finished_at) WHERE state = 'done';

CREATE TABLE link (
  connection TEXT NOT NULL,
  lead_id    TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  ended      INTEGER NOT NULL CHECK (ended IN (0, 1)),
  body       TEXT NOT NULL,
  PRIMARY KEY (connection, lead_id)
) STRICT;

-- Which leads a Salesforce record belongs to: a person to one, an Account to several.
CREATE TABLE link_record (
  connection TEXT NOT NULL,
  record_id  TEXT NOT NULL,
  lead_id    TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('person', 'account')),
  PRIMARY KEY (connection, record_id, lead_id)
) STRICT;
CREATE UNIQUE INDEX link_record_person ON link_record (connection, record_id) WHERE kind = 'person';
CREATE INDEX link_record_lead ON link_record (connection, lead_id, record_id);

-- The lead that an event named for a record before there was a link: later events of the record get the key of that lead.
CREATE TABLE told_lead (
  connection TEXT NOT NULL,
  record_id  TEXT NOT NULL,
  lead_id    TEXT NOT NULL,
  PRIMARY KEY (connection, record_id)
) STRICT, WITHOUT ROWID;

-- Reports that wait to be published.
CREATE TABLE report (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  connection TEXT NOT NULL,
  body       TEXT NOT NULL
) STRICT;
CREATE INDEX report_waiting ON report (connection, seq);
