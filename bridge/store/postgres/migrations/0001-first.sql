-- The same tables as of the embedded store. Texts compare by their bytes, so that an order is the same on every server.

-- Saved connections. Their secrets come here sealed.
CREATE TABLE connection (
  id         TEXT COLLATE "C" PRIMARY KEY,
  created_at BIGINT NOT NULL,
  details    TEXT NOT NULL,
  sealed     TEXT NOT NULL
);

-- Where each source was read up to; moves only together with the inbox rows that it covers.
CREATE TABLE cursor (
  connection TEXT COLLATE "C" NOT NULL,
  name       TEXT COLLATE "C" NOT NULL,
  value      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (connection, name)
);

-- Received changes, and the requests of admins: the truth of what is still to do.
CREATE TABLE inbox (
  seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  connection  TEXT COLLATE "C" NOT NULL,
  source      TEXT NOT NULL CHECK (source IN ('salesforce', 'sellfire', 'request')),
  event_id    TEXT COLLATE "C" NOT NULL,
  record_id   TEXT COLLATE "C" NOT NULL,
  -- 0; 1, 2 … for the further leads of an Account that several leads share.
  copy        INTEGER NOT NULL DEFAULT 0,
  -- Rows of one key are decided in order: the Sellfire lead where it is known, else the record.
  key         TEXT COLLATE "C" NOT NULL,
  -- JSON; dropped when done, what stays is the event's identity.
  change      TEXT,
  received_at BIGINT NOT NULL,
  attempts    INTEGER NOT NULL DEFAULT 0,
  state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'parked')),
  finished_at BIGINT,
  -- Of a parked row why it is parked; of a done one the code of what failed in its turn.
  code        TEXT,
  reason      TEXT,
  UNIQUE (connection, source, event_id, record_id, copy)
);
-- Hot: the rows of a key in order, the keys with work, their number and age.
CREATE INDEX inbox_pending ON inbox (connection, key, seq, received_at) WHERE state = 'pending';
CREATE INDEX inbox_parked ON inbox (connection, key) WHERE state = 'parked';
CREATE INDEX inbox_done ON inbox (finished_at) WHERE state = 'done';
-- A queue's table changes as a whole within minutes.
ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE TABLE link (
  connection TEXT COLLATE "C" NOT NULL,
  lead_id    TEXT COLLATE "C" NOT NULL,
  revision   BIGINT NOT NULL,
  ended      BOOLEAN NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (connection, lead_id)
);

-- Which leads a Salesforce record belongs to: a person to one, an Account to several.
CREATE TABLE link_record (
  seq        BIGINT GENERATED ALWAYS AS IDENTITY,
  connection TEXT COLLATE "C" NOT NULL,
  record_id  TEXT COLLATE "C" NOT NULL,
  lead_id    TEXT COLLATE "C" NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('person', 'account')),
  PRIMARY KEY (connection, record_id, lead_id)
);
CREATE UNIQUE INDEX link_record_person ON link_record (connection, record_id) WHERE kind = 'person';
CREATE INDEX link_record_lead ON link_record (connection, lead_id, record_id);

-- The lead that an event named for a record before there was a link: later events of the record get the key of that lead.
CREATE TABLE event_lead (
  connection TEXT COLLATE "C" NOT NULL,
  record_id  TEXT COLLATE "C" NOT NULL,
  lead_id    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (connection, record_id)
);

-- Leads and Contacts that a turn is about to link: reserved before anything is written.
CREATE TABLE reservation (
  connection TEXT COLLATE "C" NOT NULL,
  record_id  TEXT COLLATE "C" NOT NULL,
  -- Counts while the key has pending rows.
  key        TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (connection, record_id)
);
CREATE INDEX reservation_key ON reservation (connection, key);

-- Leads that await a record of another lead.
CREATE TABLE awaited (
  connection TEXT COLLATE "C" NOT NULL,
  lead_id    TEXT COLLATE "C" NOT NULL,
  record_id  TEXT COLLATE "C" NOT NULL,
  object     TEXT NOT NULL,
  PRIMARY KEY (connection, lead_id)
);
CREATE INDEX awaited_record ON awaited (connection, record_id);

-- Reports that wait to be published.
CREATE TABLE report (
  seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  connection TEXT COLLATE "C" NOT NULL,
  body       TEXT NOT NULL
);
CREATE INDEX report_waiting ON report (connection, seq);
