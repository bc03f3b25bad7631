-- Plans and their items, halls and their bookings, measures of campaigns.
ALTER TABLE event ADD COLUMN expected @int;

CREATE TABLE hall (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), name_kk @text NOT NULL, name_ru @text, name_en @text, capacity @int,
  equipment @text, step_free @int NOT NULL, access_note @text, closed_from @int, closed_to @int, note @text, rank @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE TABLE booking (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  hall @int NOT NULL REFERENCES hall (id), event @int REFERENCES event (id), purpose @text,
  body @int NOT NULL REFERENCES body (id), day @int NOT NULL, starts @text NOT NULL, ends @text NOT NULL,
  state @text NOT NULL, state_reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX booking_hall ON booking (hall, day);
CREATE INDEX booking_day ON booking (day, hall);
CREATE INDEX booking_event ON booking (event);
-- A quarter of an hour of a hall belongs to one booking: the key refuses a second one, whoever asks at once.
CREATE TABLE hall_slot (hall @int NOT NULL REFERENCES hall (id), day @int NOT NULL, slot @int NOT NULL,
  booking @int NOT NULL REFERENCES booking (id), PRIMARY KEY (hall, day, slot)) @strict;
CREATE INDEX hall_slot_booking ON hall_slot (booking);

CREATE TABLE plan (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), year @int NOT NULL, quarter @text NOT NULL, title_kk @text NOT NULL,
  title_ru @text, title_en @text, state @text NOT NULL, state_reason @text, sent_by @int, sent_on @int,
  checked_by @int, checked_on @int, approved_by @int, approved_on @int, document @text, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX plan_once ON plan (body, year, quarter);
CREATE TABLE plan_item (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  plan @int NOT NULL REFERENCES plan (id), name_kk @text NOT NULL, name_ru @text, name_en @text,
  kind @int NOT NULL REFERENCES event_kind (id), month @text NOT NULL, day @int, due @int NOT NULL,
  body @int NOT NULL REFERENCES body (id), person @int REFERENCES person (id), expected @int,
  programme @int REFERENCES programme (id), observance @int REFERENCES observance (id), goal @text, place @text,
  hall @int REFERENCES hall (id), event @int REFERENCES event (id), copied_from @int REFERENCES plan_item (id),
  was_due @int, amended_on @int, amend_reason @text, left_out_on @int, dropped_on @int, drop_reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX plan_item_plan ON plan_item (plan, due);
CREATE INDEX plan_item_due ON plan_item (due);
CREATE INDEX plan_item_event ON plan_item (event);
CREATE INDEX plan_item_person ON plan_item (person);

CREATE TABLE measure (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  programme @int NOT NULL REFERENCES programme (id), name_kk @text NOT NULL, name_ru @text, name_en @text,
  unit_kk @text NOT NULL, unit_ru @text, unit_en @text, ended @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX measure_programme ON measure (programme);
CREATE TABLE measure_value (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  measure @int NOT NULL REFERENCES measure (id), event @int NOT NULL REFERENCES event (id), amount @int NOT NULL,
  basis @text NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX measure_value_once ON measure_value (measure, event);
CREATE INDEX measure_value_event ON measure_value (event);
