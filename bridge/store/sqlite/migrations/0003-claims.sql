-- Leads and Contacts that a turn is about to link: reserved before anything is written.
CREATE TABLE reservation (
  connection TEXT NOT NULL,
  record_id  TEXT NOT NULL,
  -- Counts while the key has pending rows.
  key        TEXT NOT NULL,
  PRIMARY KEY (connection, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reservation_key ON reservation (connection, key);

-- Leads that await a record of another lead.
CREATE TABLE awaited (
  connection TEXT NOT NULL,
  lead_id    TEXT NOT NULL,
  record_id  TEXT NOT NULL,
  object     TEXT NOT NULL,
  PRIMARY KEY (connection, lead_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_record ON awaited (connection, record_id);
