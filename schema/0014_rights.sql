-- Rights of people: a record erased or restricted, what is left of it, and the proof.
ALTER TABLE person ADD COLUMN erased_on @int;
ALTER TABLE person ADD COLUMN restricted_on @int;
-- A membership or term of office whose person was erased names nobody.
-- (The column moves to the end on both engines: backups by rows are the same bytes.)
DROP INDEX membership_open;
DROP INDEX membership_body;
DROP INDEX membership_person;
ALTER TABLE membership RENAME COLUMN person TO person_before;
ALTER TABLE membership ADD COLUMN person @int REFERENCES person (id);
UPDATE membership SET person = person_before;
ALTER TABLE membership DROP COLUMN person_before;
CREATE UNIQUE INDEX membership_open ON membership (person, body, role) WHERE to_day IS NULL;
CREATE INDEX membership_body ON membership (body, person);
CREATE INDEX membership_person ON membership (person, body);
DROP INDEX office_holder_person;
ALTER TABLE office_holder RENAME COLUMN person TO person_before;
ALTER TABLE office_holder ADD COLUMN person @int REFERENCES person (id);
UPDATE office_holder SET person = person_before;
ALTER TABLE office_holder DROP COLUMN person_before;
CREATE INDEX office_holder_person ON office_holder (person);

-- Of one person's attendances at an event that was reported twice, those that are not counted again.
ALTER TABLE attendance ADD COLUMN same_as @int REFERENCES attendance (id);
-- What erased people leave in counts of different people: a total without a link. kept = it stands in the
-- kept cells, too; mac over the row.
CREATE TABLE figure_sealed (figure @text NOT NULL, dim @text NOT NULL, dkey @int NOT NULL, day @int NOT NULL,
  kept @int NOT NULL, amount @int NOT NULL, reason @text NOT NULL, mac @blob NOT NULL,
  PRIMARY KEY (figure, dim, dkey, day)) @strict;
-- The proof of each erasure: whose number, why, by whom, how much; never a name. made_at: when that record
-- had been made, so that a number given anew is not taken for it.
CREATE TABLE erasure (id @id, person @int NOT NULL, made_at @int NOT NULL, at @int NOT NULL, day @int NOT NULL,
  ground @text NOT NULL, document @text, account @int NOT NULL, records @int NOT NULL, versions @int NOT NULL,
  keys @int NOT NULL, mac @blob NOT NULL) @strict;
CREATE UNIQUE INDEX erasure_person ON erasure (person);

-- A consent: for what, to which text, since when, and whether it was withdrawn; a minor's is given by a parent.
CREATE TABLE consent (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  person @int REFERENCES person (id), body @int REFERENCES body (id), purpose @text NOT NULL, text @text NOT NULL,
  text_version @text NOT NULL, given_on @int NOT NULL, until_day @int, withdrawn_on @int, given_by @text NOT NULL,
  representative @blob, document @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX consent_person ON consent (person, purpose);
CREATE INDEX consent_day ON consent (given_on);
-- Who opened what the law protects about whom: one row a day, account, person and way.
CREATE TABLE sensitive_read (day @int NOT NULL, account @int NOT NULL, person @int NOT NULL, way @text NOT NULL,
  times @int NOT NULL, first_at @int NOT NULL, last_at @int NOT NULL, PRIMARY KEY (day, account, person, way)) @strict;
CREATE INDEX sensitive_read_person ON sensitive_read (person, day);
-- The proof of each run of retention that removed something.
CREATE TABLE retention_run (id @id, at @int NOT NULL, day @int NOT NULL, term @text NOT NULL, months @int NOT NULL,
  upto @int NOT NULL, records @int NOT NULL, versions @int NOT NULL, mac @blob NOT NULL) @strict;
CREATE INDEX person_restricted ON person (id) WHERE restricted_on IS NOT NULL;
