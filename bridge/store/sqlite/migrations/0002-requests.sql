-- The inbox takes the requests of admins too; a done row keeps the code that its work failed with.
-- SQLite cannot change a CHECK, so the table is made anew.
CREATE TABLE inbox_next (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  connection  TEXT NOT NULL,
  source      TEXT NOT NULL CHECK (source IN ('salesforce', 'sellfire', 'request')),
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
  -- Of a parked row why it is parked; of a done one the code of what failed in its turn.
  code        TEXT,
  reason      TEXT,
  UNIQUE (connection, source, event_id, record_id, copy)
) STRICT;
INSERT INTO inbox_next SELECT * FROM inbox;
DROP TABLE inbox;
ALTER TABLE inbox_next RENAME TO inbox;

-- Hot: the rows of a key in order, the keys with work, their number and age.
CREATE INDEX inbox_pending ON inbox (connection, key, seq, received_at) WHERE state = 'pending';
CREATE INDEX inbox_parked ON inbox (connection, key) WHERE state = 'parked';
CREATE INDEX inbox_done ON inbox (finished_at) WHERE state = 'done';
