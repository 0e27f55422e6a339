-- A registry of before there were migrations has these tables already.
CREATE TABLE IF NOT EXISTS deployed_connection (
  name     TEXT PRIMARY KEY,
  route    TEXT NOT NULL UNIQUE,
  place    TEXT NOT NULL UNIQUE,
  sealed   TEXT NOT NULL,
  account  TEXT NOT NULL UNIQUE,
  org      TEXT UNIQUE,
  revision INTEGER NOT NULL,
  removing INTEGER NOT NULL DEFAULT 0,
  added_at BIGINT NOT NULL,
  holder   TEXT,
  state    TEXT,
  detail   TEXT
);
CREATE TABLE IF NOT EXISTS deployment_process (
  id         TEXT PRIMARY KEY,
  address    TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL
);
