-- Volunteers, shifts, what each shift needs, who signed up and came. Places and hours are counted, never kept beside.
-- phone, injury, consent_by: sealed. code: nine digits that the volunteer holds. same_as: the first record with this
-- telephone and year of birth, so that people are counted once.
CREATE TABLE volunteer (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text UNIQUE, person @int REFERENCES person (id), name @text, phone @blob, phone_mac @text, birth_year @int,
  skills @text, languages @text, words @text, briefed_on @int, briefed_by @int REFERENCES account (id),
  adult_on @int, consent_on @int, consent_by @blob, injury @blob, way @text NOT NULL, since @int NOT NULL, same_as @int REFERENCES volunteer (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX volunteer_person ON volunteer (person) WHERE person IS NOT NULL;
CREATE INDEX volunteer_phone ON volunteer (phone_mac, birth_year) WHERE phone_mac IS NOT NULL;
CREATE INDEX volunteer_same ON volunteer (same_as) WHERE same_as IS NOT NULL;
CREATE TABLE shift (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  headquarters @int REFERENCES headquarters (id), event @int REFERENCES event (id),
  task_kk @text NOT NULL, task_ru @text, task_en @text, starts_at @int NOT NULL, ends_at @int NOT NULL, day @int NOT NULL,
  relief_place @int REFERENCES relief_place (id), hall @int REFERENCES hall (id), place @text,
  dangerous @int NOT NULL, briefed @int NOT NULL, open @int NOT NULL, overrun @int, note @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX shift_headquarters ON shift (headquarters, day) WHERE headquarters IS NOT NULL;
CREATE INDEX shift_event ON shift (event, day) WHERE event IS NOT NULL;
CREATE INDEX shift_ends ON shift (ends_at);
CREATE TABLE shift_need (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  shift @int NOT NULL REFERENCES shift (id), role @text NOT NULL, people @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX shift_need_role ON shift_need (shift, role);
-- minutes, hours: from arrival and leaving, or from the last correction; day: of the shift.
CREATE TABLE shift_signup (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  shift @int NOT NULL REFERENCES shift (id), volunteer @int NOT NULL REFERENCES volunteer (id), role @text NOT NULL,
  state @text NOT NULL, way @text NOT NULL, entered_by @int REFERENCES account (id), signed_at @int NOT NULL,
  arrived_at @int, left_at @int, withdrawn_at @int, day @int NOT NULL, minutes @int, hours @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX shift_signup_once ON shift_signup (shift, volunteer);
CREATE INDEX shift_signup_volunteer ON shift_signup (volunteer, state);
CREATE INDEX shift_signup_day ON shift_signup (day) WHERE minutes IS NOT NULL;
-- Only added to: the last one says when somebody came and left.
CREATE TABLE shift_correction (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  shift_signup @int NOT NULL REFERENCES shift_signup (id), arrived_at @int NOT NULL, left_at @int NOT NULL, reason @text NOT NULL,
  author @int REFERENCES account (id),
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX shift_correction_of ON shift_correction (shift_signup, id);
-- The number of each form that was sent: the same one again is the same volunteer.
CREATE TABLE volunteer_sent (nonce @text PRIMARY KEY, volunteer @int NOT NULL REFERENCES volunteer (id)) @strict;
CREATE INDEX volunteer_sent_volunteer ON volunteer_sent (volunteer);
