-- Evacuation centres: what a centre has, households, their stays; hot meals: plan, batches, portions handed out and thrown away.
CREATE TABLE centre (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  place @int NOT NULL UNIQUE REFERENCES relief_place (id), area_m2 @int, toilets @int, taps @int, water_l @int, ration_kcal @int,
  kitchen @int NOT NULL, heating @int NOT NULL, access @int NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
-- code is NULL once the term of the family's data is over; name and phone are sealed.
CREATE TABLE household (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int NOT NULL REFERENCES headquarters (id), code @text UNIQUE, name @blob, phone @blob, need @int REFERENCES need (id),
  district @int REFERENCES district (id), registered_on @int NOT NULL,
  under5_f @int NOT NULL, under5_m @int NOT NULL, child_f @int NOT NULL, child_m @int NOT NULL,
  adult_f @int NOT NULL, adult_m @int NOT NULL, elder_f @int NOT NULL, elder_m @int NOT NULL,
  pregnant @int NOT NULL, disabled @int NOT NULL, insulin @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX household_of ON household (headquarters, id);
CREATE INDEX household_need ON household (need) WHERE need IS NOT NULL;
-- Keyed hashes of the words of a sealed name: found by whoever types the same word, read by nobody.
CREATE TABLE household_word (household @int NOT NULL REFERENCES household (id), mac @text NOT NULL, PRIMARY KEY (household, mac)) @strict;
CREATE INDEX household_word_mac ON household_word (mac);
CREATE TABLE household_read (day @int NOT NULL, account @int NOT NULL, household @int NOT NULL REFERENCES household (id), way @text NOT NULL,
  times @int NOT NULL, first_at @int NOT NULL, last_at @int NOT NULL, PRIMARY KEY (day, account, household, way)) @strict;
CREATE INDEX household_read_of ON household_read (household);
CREATE TABLE stay (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  household @int NOT NULL REFERENCES household (id), place @int NOT NULL REFERENCES relief_place (id),
  under5_f @int NOT NULL, under5_m @int NOT NULL, child_f @int NOT NULL, child_m @int NOT NULL,
  adult_f @int NOT NULL, adult_m @int NOT NULL, elder_f @int NOT NULL, elder_m @int NOT NULL,
  arrived_at @int NOT NULL, arrived_on @int NOT NULL, left_at @int, left_on @int, where_to @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
-- A household is in one centre at a time, whoever asks at once.
CREATE UNIQUE INDEX stay_open ON stay (household) WHERE left_at IS NULL;
CREATE INDEX stay_household ON stay (household, arrived_at);
CREATE INDEX stay_place ON stay (place, arrived_at);
CREATE INDEX stay_days ON stay (arrived_on, left_on);
-- The number of each form of the desk that was sent: the same one again is the same act.
CREATE TABLE centre_sent (nonce @text PRIMARY KEY, stay @int NOT NULL REFERENCES stay (id)) @strict;
CREATE INDEX centre_sent_stay ON centre_sent (stay);
CREATE TABLE meal_plan (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  place @int NOT NULL REFERENCES relief_place (id), day @int NOT NULL, meal @text NOT NULL, recipe @int NOT NULL REFERENCES recipe (id),
  portions @int NOT NULL, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX meal_plan_once ON meal_plan (place, day, meal, recipe);
CREATE TABLE meal_batch (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  place @int NOT NULL REFERENCES relief_place (id), plan @int REFERENCES meal_plan (id), recipe @int NOT NULL REFERENCES recipe (id),
  day @int NOT NULL, meal @text NOT NULL, cooked_at @int NOT NULL, portions @int NOT NULL, temperature @int, allergens @text, note @text,
  lot @int NOT NULL REFERENCES lot (id), movement @int NOT NULL REFERENCES movement_set (id), deviation @int NOT NULL, withdrawn @int NOT NULL, reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX meal_batch_day ON meal_batch (day, place);
CREATE INDEX meal_batch_plan ON meal_batch (plan) WHERE plan IS NOT NULL;
CREATE TABLE meal_serving (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  batch @int NOT NULL REFERENCES meal_batch (id), place @int REFERENCES relief_place (id), receivers @text NOT NULL, day @int NOT NULL, given_at @int NOT NULL,
  portions @int NOT NULL, temperature @int, movement @int NOT NULL REFERENCES movement_set (id), withdrawn @int NOT NULL, reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX meal_serving_batch ON meal_serving (batch);
CREATE INDEX meal_serving_day ON meal_serving (day, place);
CREATE TABLE meal_waste (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  batch @int NOT NULL REFERENCES meal_batch (id), why @text NOT NULL, day @int NOT NULL, thrown_at @int NOT NULL,
  portions @int NOT NULL, movement @int NOT NULL REFERENCES movement_set (id), withdrawn @int NOT NULL, reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX meal_waste_batch ON meal_waste (batch);
CREATE INDEX meal_waste_day ON meal_waste (day);
CREATE TABLE meal_sent (nonce @text PRIMARY KEY, what @text NOT NULL, rec @int NOT NULL) @strict;
