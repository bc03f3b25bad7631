-- Camps: groups, members with a parent's consent, the timetable, the roll call. Places are counted, never kept.
CREATE TABLE camp (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), name_kk @text NOT NULL, name_ru @text, name_en @text,
  from_day @int NOT NULL, to_day @int NOT NULL, age_from @int, age_to @int, places @int,
  consent_kk @text, consent_ru @text, consent_en @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX camp_event ON camp (event);
CREATE TABLE camp_group (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  camp @int NOT NULL REFERENCES camp (id), name @text NOT NULL, places @int, lang @text, leader @int REFERENCES person (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX camp_group_camp ON camp_group (camp);
CREATE INDEX camp_group_leader ON camp_group (leader) WHERE leader IS NOT NULL;
-- Name, year of birth and the sealed values go with the term; that somebody was there stays.
CREATE TABLE camp_member (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  camp @int NOT NULL REFERENCES camp (id), camp_group @int NOT NULL REFERENCES camp_group (id),
  person @int REFERENCES person (id), guest @text, birth_year @int, minor @int NOT NULL, consent @text NOT NULL,
  consent_on @int, consent_way @text, consent_by @text, parent @blob, phone @blob, needs @blob, left_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX camp_member_camp ON camp_member (camp, consent);
CREATE INDEX camp_member_group ON camp_member (camp_group);
CREATE UNIQUE INDEX camp_member_once ON camp_member (camp, person) WHERE person IS NOT NULL;
CREATE INDEX camp_member_person ON camp_member (person) WHERE person IS NOT NULL;
CREATE TABLE camp_slot (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  camp @int NOT NULL REFERENCES camp (id), camp_group @int REFERENCES camp_group (id), day @int NOT NULL,
  starts @text NOT NULL, ends @text NOT NULL, name_kk @text NOT NULL, name_ru @text, name_en @text, place @text,
  leader @int REFERENCES person (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX camp_slot_camp ON camp_slot (camp, day);
CREATE INDEX camp_slot_leader ON camp_slot (leader, day) WHERE leader IS NOT NULL;
CREATE INDEX camp_slot_group ON camp_slot (camp_group) WHERE camp_group IS NOT NULL;
CREATE TABLE camp_mark (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  camp @int NOT NULL REFERENCES camp (id), member @int NOT NULL REFERENCES camp_member (id), day @int NOT NULL,
  slot @int REFERENCES camp_slot (id), state @text NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX camp_mark_day ON camp_mark (member, day) WHERE slot IS NULL;
CREATE UNIQUE INDEX camp_mark_slot ON camp_mark (member, slot) WHERE slot IS NOT NULL;
CREATE INDEX camp_mark_camp ON camp_mark (camp, day);
CREATE INDEX camp_mark_of_slot ON camp_mark (slot) WHERE slot IS NOT NULL;
