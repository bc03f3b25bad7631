-- Contests: rules, nominations, age groups, criteria with weights, entries, jury, scores, protocol, certificates.
CREATE TABLE contest (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), name_kk @text NOT NULL, name_ru @text, name_en @text, rules @text,
  state @text NOT NULL, min_score @int NOT NULL, max_score @int NOT NULL, tie_rule @text NOT NULL, decides @text NOT NULL,
  blind @int NOT NULL, note @text, document @text, document_day @int, signer @text, signed_at @int, sha256 @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX contest_event ON contest (event);
CREATE TABLE nomination (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  contest @int NOT NULL REFERENCES contest (id), name_kk @text NOT NULL, name_ru @text, name_en @text, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX nomination_contest ON nomination (contest);
CREATE TABLE age_group (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  contest @int NOT NULL REFERENCES contest (id), name_kk @text NOT NULL, name_ru @text, name_en @text, from_age @int,
  to_age @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX age_group_contest ON age_group (contest);
CREATE TABLE criterion (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  contest @int NOT NULL REFERENCES contest (id), name_kk @text NOT NULL, name_ru @text, name_en @text, weight @int NOT NULL,
  rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX criterion_contest ON criterion (contest);
CREATE TABLE contest_entry (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  contest @int NOT NULL REFERENCES contest (id), number @int NOT NULL, type @text NOT NULL, person @int REFERENCES person (id),
  team @text, body @int REFERENCES body (id), nomination @int REFERENCES nomination (id),
  age_group @int REFERENCES age_group (id), work @text NOT NULL, note @text, code @int, withdrawn_on @int,
  withdraw_reason @text, place @int, prize @text, decided @int NOT NULL, decision @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX contest_entry_number ON contest_entry (contest, number);
CREATE UNIQUE INDEX contest_entry_code ON contest_entry (contest, code) WHERE code IS NOT NULL;
CREATE INDEX contest_entry_person ON contest_entry (person);
CREATE INDEX contest_entry_body ON contest_entry (body);
CREATE TABLE contest_member (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  entry @int NOT NULL REFERENCES contest_entry (id), person @int REFERENCES person (id), ended @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX contest_member_entry ON contest_member (entry);
CREATE INDEX contest_member_person ON contest_member (person);
CREATE TABLE juror (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  contest @int NOT NULL REFERENCES contest (id), person @int REFERENCES person (id), office_kk @text, office_ru @text,
  office_en @text, chair @int NOT NULL, ended @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX juror_contest ON juror (contest);
CREATE INDEX juror_person ON juror (person);
-- The personal link of a juror without an account: only the digest of its secret is kept.
CREATE TABLE juror_link (juror @int PRIMARY KEY REFERENCES juror (id), digest @text NOT NULL UNIQUE, made_at @int NOT NULL,
  account @int NOT NULL, revoked_at @int) @strict;
CREATE TABLE juror_conflict (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  juror @int NOT NULL REFERENCES juror (id), entry @int REFERENCES contest_entry (id), body @int REFERENCES body (id),
  person @int REFERENCES person (id), ground @text NOT NULL, decision @text NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX juror_conflict_juror ON juror_conflict (juror);
CREATE INDEX juror_conflict_person ON juror_conflict (person);
CREATE TABLE contest_score (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  juror @int NOT NULL REFERENCES juror (id), entry @int NOT NULL REFERENCES contest_entry (id),
  criterion @int NOT NULL REFERENCES criterion (id), value @int NOT NULL, source @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX contest_score_once ON contest_score (juror, entry, criterion);
CREATE INDEX contest_score_entry ON contest_score (entry);
-- What was signed, byte for byte, ids without names: the last one's digest is contest.sha256.
CREATE TABLE contest_protocol (contest @int NOT NULL REFERENCES contest (id), number @int NOT NULL, content @text NOT NULL,
  sha256 @text NOT NULL, signed_at @int NOT NULL, account @int NOT NULL, PRIMARY KEY (contest, number)) @strict;
CREATE TABLE certificate (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  number @int NOT NULL UNIQUE, event @int NOT NULL REFERENCES event (id), entry @int REFERENCES contest_entry (id),
  person @int REFERENCES person (id), body @int REFERENCES body (id), type @text NOT NULL, place @int, day @int NOT NULL,
  withdrawn_on @int, reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX certificate_event ON certificate (event);
CREATE INDEX certificate_entry ON certificate (entry);
CREATE INDEX certificate_person ON certificate (person);
