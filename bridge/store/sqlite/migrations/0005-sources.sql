-- What waits is counted by its source again and again: of the index alone, since a backlog's rows would have to be read one by one.
DROP INDEX inbox_pending;
CREATE INDEX inbox_pending ON inbox (connection, key, seq, received_at, source) WHERE state = 'pending';
