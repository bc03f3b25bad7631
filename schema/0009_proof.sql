-- What makes history and audit provable: every version carries a keyed hash of itself, its line in the
-- audit the same hash with the version's number. Rows from before have none.
ALTER TABLE history ADD COLUMN mac @blob;
ALTER TABLE audit ADD COLUMN version @int;
ALTER TABLE audit ADD COLUMN digest @blob;
-- One root a day over all sealed rows of the audit, chained to the one before: day, rows sealed so far,
-- the last seal that it covers. Anybody may see and keep it.
CREATE TABLE audit_root (id @id, day @int NOT NULL, rows @int NOT NULL, seal @int NOT NULL,
  at @int NOT NULL, root @blob NOT NULL) @strict;
