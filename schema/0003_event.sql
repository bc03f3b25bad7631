-- Programmes, events, parts, organisers, attendances, evidence, observances.
CREATE TABLE event_kind (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, theme @text NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text,
  counted @int NOT NULL, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE observance (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text NOT NULL UNIQUE, month @int, dom @int, rule @text, dates @text, name_kk @text NOT NULL, name_ru @text,
  name_en @text, type @text NOT NULL, day_off @int NOT NULL, since @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE programme (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  type @text NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text, parent @int REFERENCES programme (id),
  body @int REFERENCES body (id), from_day @int, to_day @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE event (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  name_kk @text NOT NULL, name_ru @text, name_en @text, kind @int NOT NULL REFERENCES event_kind (id),
  programme @int REFERENCES programme (id), observance @int REFERENCES observance (id),
  body @int NOT NULL REFERENCES body (id), first_day @int NOT NULL, last_day @int, starts @text, ends @text,
  place @text, district @int REFERENCES district (id), lang @text, goal @text, summary_kk @text, summary_ru @text,
  summary_en @text, state @text NOT NULL, state_reason @text, moved_to @int REFERENCES event (id),
  merged_into @int REFERENCES event (id), head_count @int, declared_count @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX event_day ON event (first_day, id);
CREATE INDEX event_body ON event (body, first_day);
CREATE INDEX event_merged ON event (merged_into);
CREATE INDEX event_programme ON event (programme);
CREATE INDEX event_sort ON event (sort_kk, id);
-- Distinct attendances of an event by their basis, kept with each attendance.
CREATE TABLE event_tally (event @int PRIMARY KEY REFERENCES event (id), scanned @int NOT NULL, listed @int NOT NULL) @strict;
CREATE TABLE part (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), name_kk @text NOT NULL, name_ru @text, name_en @text,
  kind @int REFERENCES event_kind (id), starts @text, people @int, result @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX part_event ON part (event);
-- A co-organiser and, where it reported on its own, its own counts; these never add to the event's.
CREATE TABLE organiser (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), body @int NOT NULL REFERENCES body (id), via_event @int REFERENCES event (id),
  ended @int NOT NULL, scanned_count @int, listed_count @int, head_count @int, declared_count @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX organiser_open ON organiser (event, body) WHERE ended = 0;
CREATE INDEX organiser_body ON organiser (body, event);
CREATE TABLE attendance (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), person @int REFERENCES person (id), guest @text, basis @text NOT NULL,
  day @int NOT NULL, came_at @int, sheet_row @text, withdrawn @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX attendance_once ON attendance (event, person) WHERE person IS NOT NULL;
CREATE INDEX attendance_event ON attendance (event, id);
CREATE INDEX attendance_person ON attendance (person, day);
CREATE TABLE file (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  sha256 @text NOT NULL, size @int NOT NULL, media @text NOT NULL, name @text NOT NULL, event @int REFERENCES event (id),
  type @text NOT NULL, link @text, credit @text, caption @text, withdrawn @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX file_event ON file (event);
