-- Imports of tables: a batch, its plan row by row, what was answered to its questions, what it wrote.
CREATE TABLE import_batch (id @id, kind @text NOT NULL, account @int NOT NULL, role @text NOT NULL, body @int NOT NULL,
  lang @text NOT NULL, state @text NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL, ended_at @int,
  file_name @text NOT NULL, path @text, staged @int NOT NULL, digest @text NOT NULL, shape @text NOT NULL,
  code @int NOT NULL, sep @int NOT NULL, sheet @int NOT NULL, header_row @int NOT NULL, mapping @text NOT NULL,
  whole @int NOT NULL, tag @text, done_row @int NOT NULL, known @int NOT NULL, plan_digest @text, asked_digest @text,
  error @text) @strict;
CREATE INDEX import_batch_state ON import_batch (state);
CREATE INDEX import_batch_account ON import_batch (account, id);
CREATE INDEX import_batch_shape ON import_batch (kind, shape);
-- outcome: n new, u update, s the same, a asks, e error, k left out; person (of a membership): > 0 stored, 0 new,
-- < 0 the person of that row. ikey, nkey, mkey: keyed hashes of the IIN or name with birth, of the name, of the membership.
-- In import_row, before 0 = made by this batch.
-- only sqlite:
CREATE TABLE import_plan (batch @int NOT NULL REFERENCES import_batch (id), row @int NOT NULL, outcome @text NOT NULL,
  rec @int NOT NULL, version @int NOT NULL, person @int NOT NULL, person_version @int NOT NULL, done @int NOT NULL,
  fields @text, reason @text, ikey @text, nkey @text, mkey @text, PRIMARY KEY (batch, row)) STRICT, WITHOUT ROWID;
CREATE TABLE import_row (batch @int NOT NULL REFERENCES import_batch (id), row @int NOT NULL, part @int NOT NULL,
  kind @text NOT NULL, rec @int NOT NULL, before @int NOT NULL, after @int NOT NULL, PRIMARY KEY (batch, row, part)) STRICT, WITHOUT ROWID;

-- only pg:
CREATE TABLE import_plan (batch @int NOT NULL REFERENCES import_batch (id), row @int NOT NULL, outcome @text NOT NULL,
  rec @int NOT NULL, version @int NOT NULL, person @int NOT NULL, person_version @int NOT NULL, done @int NOT NULL,
  fields @text, reason @text, ikey @text, nkey @text, mkey @text, PRIMARY KEY (batch, row));
CREATE TABLE import_row (batch @int NOT NULL REFERENCES import_batch (id), row @int NOT NULL, part @int NOT NULL,
  kind @text NOT NULL, rec @int NOT NULL, before @int NOT NULL, after @int NOT NULL, PRIMARY KEY (batch, row, part));

CREATE INDEX import_plan_ikey ON import_plan (batch, ikey, row) WHERE ikey IS NOT NULL;
CREATE INDEX import_plan_mkey ON import_plan (batch, mkey, row) WHERE mkey IS NOT NULL;
CREATE INDEX import_row_rec ON import_row (kind, rec);
-- what: "row:12" → the record that row 12 means (0 a new one, -1 leave the row out); "body:shatlyq" → what a name means.
CREATE TABLE import_choice (batch @int NOT NULL REFERENCES import_batch (id), what @text NOT NULL, pick @int NOT NULL,
  PRIMARY KEY (batch, what)) @strict;
