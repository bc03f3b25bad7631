-- Reference lists, bodies, people, offices, memberships.
CREATE TABLE body_kind (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE ethnic_group (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, special @int NOT NULL, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE district (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text, level @text NOT NULL, parent @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;

CREATE TABLE body (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, kind @int NOT NULL REFERENCES body_kind (id), parent @int REFERENCES body (id),
  name_kk @text NOT NULL, name_ru @text, name_en @text, abbr_kk @text, abbr_ru @text, abbr_en @text, name_from @int,
  legal_basis @text, bin @text, founded @int, closed @int, district @int REFERENCES district (id), address @text,
  phone @text, email @text, site @text,
  declared_members @int, declared_on @int, declared_document @text, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX body_bin ON body (bin) WHERE bin IS NOT NULL;
CREATE INDEX body_parent ON body (parent);
CREATE INDEX body_of_kind ON body (kind);
CREATE INDEX body_sort ON body (sort_kk, id);
-- Earlier names of a body, each valid from_day <= day < to_day.
CREATE TABLE body_name (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), name_kk @text NOT NULL, name_ru @text, name_en @text,
  abbr_kk @text, abbr_ru @text, abbr_en @text, from_day @int, to_day @int NOT NULL, document @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX body_name_body ON body_name (body, to_day);
CREATE TABLE body_group (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), ethnic_group @int NOT NULL REFERENCES ethnic_group (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL,
  UNIQUE (body, ethnic_group)) @strict;
-- Steps of public accreditation: the state from from_day on, until the next step; accredited holds
-- through valid_to.
CREATE TABLE accreditation (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), state @text NOT NULL, from_day @int NOT NULL, valid_to @int, document @text,
  note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX accreditation_body ON accreditation (body, from_day);
CREATE TABLE population (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  ethnic_group @int NOT NULL REFERENCES ethnic_group (id), year @int NOT NULL, people @int NOT NULL, source @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL,
  UNIQUE (ethnic_group, year)) @strict;

CREATE TABLE person (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  surname @text NOT NULL, given @text, patronymic @text, latin_surname @text, latin_given @text,
  birth_day @int, sex @text, body @int REFERENCES body (id), district @int REFERENCES district (id), address @text,
  phone @text, email @text, lang @text, iin @blob, iin_mac @text, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX person_iin ON person (iin_mac) WHERE iin_mac IS NOT NULL;
CREATE INDEX person_sort ON person (sort_kk, id);
CREATE INDEX person_body ON person (body, id);
CREATE INDEX person_body_sort ON person (body, sort_kk, id);
CREATE INDEX person_birth ON person (birth_day);
-- Self-declared, optional, with a consent of its own; the group itself is sealed.
CREATE TABLE ethnicity (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  person @int NOT NULL UNIQUE REFERENCES person (id), declared @blob, consent_day @int NOT NULL, consent_document @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;

CREATE TABLE office (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), title_kk @text NOT NULL, title_ru @text, title_en @text,
  ex_officio @text, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX office_body ON office (body);
CREATE TABLE office_holder (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  office @int NOT NULL REFERENCES office (id), person @int NOT NULL REFERENCES person (id), from_day @int NOT NULL,
  to_day @int, end_reason @text, document @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX office_holder_office ON office_holder (office, from_day);
CREATE INDEX office_holder_person ON office_holder (person);

CREATE TABLE membership (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  person @int NOT NULL REFERENCES person (id), body @int NOT NULL REFERENCES body (id), role @text NOT NULL,
  from_day @int NOT NULL, to_day @int, end_reason @text, document @text, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX membership_open ON membership (person, body, role) WHERE to_day IS NULL;
CREATE INDEX membership_body ON membership (body, person);
CREATE INDEX membership_person ON membership (person, body);
