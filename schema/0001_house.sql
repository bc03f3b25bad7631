-- What the house itself keeps: settings, keys of persons, history, audit, accounts, sums of figures.
CREATE TABLE setting (name @text PRIMARY KEY, value @text NOT NULL, changed_at @int NOT NULL) @strict;
CREATE TABLE subject_key (person @int PRIMARY KEY, wrapped @blob NOT NULL) @strict;

-- One row a write: the whole record after it. secret = SUBJECT and SEALED fields under the person's key.
CREATE TABLE history (id @id, kind @text NOT NULL, rec @int NOT NULL, version @int NOT NULL, at @int NOT NULL,
  account @int NOT NULL, action @text NOT NULL, data @text NOT NULL, subject @int, secret @blob) @strict;
CREATE INDEX history_rec ON history (kind, rec, version);
CREATE INDEX history_at ON history (at);

-- Who did what to which record and field; names of fields, never values.
CREATE TABLE audit (id @id, at @int NOT NULL, account @int NOT NULL, action @text NOT NULL, kind @text,
  rec @int, fields @text, mac @blob NOT NULL) @strict;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_rec ON audit (kind, rec);
CREATE INDEX audit_account ON audit (account, at);
-- The chain over the audit, laid by a job: digest = BLAKE2b(previous digest, the macs from_id..upto_id).
CREATE TABLE audit_seal (id @id, from_id @int NOT NULL, upto_id @int NOT NULL, rows @int NOT NULL,
  at @int NOT NULL, digest @blob NOT NULL) @strict;

CREATE TABLE account (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  login @text NOT NULL UNIQUE, name @text NOT NULL, lang @text NOT NULL, person @int, disabled @int NOT NULL,
  password @text, failures @int NOT NULL, locked_until @int, last_sign_in @int, before_last @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
-- A role in a body (0 = the whole assembly) that an account holds. Sign-in takes the first by id.
CREATE TABLE account_role (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  account @int NOT NULL REFERENCES account (id), role @text NOT NULL, body @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX account_role_account ON account_role (account);
CREATE TABLE session (id @id, digest @text NOT NULL UNIQUE, account @int NOT NULL REFERENCES account (id),
  role @int NOT NULL REFERENCES account_role (id), csrf @text NOT NULL, created_at @int NOT NULL,
  seen_at @int NOT NULL, ended_at @int, agent @text) @strict;
CREATE INDEX session_account ON session (account);
CREATE TABLE api_token (id @id, digest @text NOT NULL UNIQUE, account @int NOT NULL REFERENCES account (id),
  label @text, created_at @int NOT NULL, expires_at @int NOT NULL, revoked_at @int) @strict;
-- Answers to requests with an Idempotency-Key, kept 24 h per token and route.
CREATE TABLE idempotency (token @int NOT NULL, route @text NOT NULL, ikey @text NOT NULL, digest @text NOT NULL,
  at @int NOT NULL, status @int NOT NULL, answer @text NOT NULL, PRIMARY KEY (token, route, ikey)) @strict;
CREATE INDEX idempotency_at ON idempotency (at);

-- Sums kept with the records: a figure's cell is a dimension, its key and a day. A request inserts
-- deltas, a job folds them; a figure = folded + open deltas in one snapshot.
CREATE TABLE figure_sum (figure @text NOT NULL, dim @text NOT NULL, dkey @int NOT NULL, day @int NOT NULL,
  amount @int NOT NULL, PRIMARY KEY (figure, dim, dkey, day)) @strict;
CREATE TABLE figure_delta (id @id, figure @text NOT NULL, dim @text NOT NULL, dkey @int NOT NULL,
  day @int NOT NULL, amount @int NOT NULL) @strict;
