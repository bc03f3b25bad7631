-- Laptop headquarters: which copies were given out, what a copy knows of itself, and what came back.
-- token: drawn; with the number and the house's key file it gives the copy's key. merges, operations: how often, how many came.
CREATE TABLE field_copy (id @id, headquarters @int NOT NULL REFERENCES headquarters (id), token @text NOT NULL UNIQUE, made_at @int NOT NULL,
  made_by @int NOT NULL, merged_at @int, merges @int NOT NULL, operations @int NOT NULL) @strict;
-- On a copy alone, one row. base: the last line of its audit that the house wrote; mac: by the house, over the row.
CREATE TABLE field_origin (number @int PRIMARY KEY, token @text NOT NULL, headquarters @int NOT NULL, code @text NOT NULL, made_at @int NOT NULL,
  program @int NOT NULL, base @int NOT NULL, mac @text NOT NULL) @strict;
-- An operation that came: a line of the copy's audit. at: by the copy's clock, for people; no rule looks at it.
CREATE TABLE field_op (copy @int NOT NULL REFERENCES field_copy (id), number @int NOT NULL, mac @text NOT NULL, at @int NOT NULL, account @int NOT NULL,
  action @text NOT NULL, kind @text NOT NULL, rec @int NOT NULL, merged_at @int NOT NULL, PRIMARY KEY (copy, number, mac)) @strict;
-- What a record or set made on a copy became here. version: the copy's, as it came first; 0 for sets.
CREATE TABLE field_map (copy @int NOT NULL REFERENCES field_copy (id), kind @text NOT NULL, rec @int NOT NULL, here @int NOT NULL, version @int NOT NULL,
  PRIMARY KEY (copy, kind, rec)) @strict;
CREATE INDEX field_map_here ON field_map (kind, here);
-- What a copy (0: the house) says of one part of a record; texts are JSON, secret is sealed. since: the newest copy given out
-- when it came, so later ones have seen it. settled: decided, or written over in the house since.
CREATE TABLE field_claim (copy @int NOT NULL, kind @text NOT NULL, rec @int NOT NULL, part @text NOT NULL, base @text NOT NULL, value @text NOT NULL,
  secret @blob, since @int NOT NULL, settled @int NOT NULL, PRIMARY KEY (copy, kind, rec, part)) @strict;
CREATE INDEX field_claim_rec ON field_claim (kind, rec);
-- What the last merge left there: if something else stands there, somebody in the house wrote it since.
CREATE TABLE field_stand (kind @text NOT NULL, rec @int NOT NULL, part @text NOT NULL, value @text NOT NULL, PRIMARY KEY (kind, rec, part)) @strict;
-- Two versions of one part that wait for a person. stands, other: JSON; source_…: number of the copy, 0 = the house.
CREATE TABLE field_conflict (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), what @text NOT NULL, record @int NOT NULL, part @text NOT NULL,
  stands @text NOT NULL, source_stands @int NOT NULL, other @text NOT NULL, source_other @int NOT NULL, state @text NOT NULL,
  kept @text, decided_by @int REFERENCES account (id), decided_at @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX field_conflict_rec ON field_conflict (what, record, part);
CREATE INDEX field_conflict_state ON field_conflict (headquarters, state);
