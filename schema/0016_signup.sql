-- Registration: what an event's form asks, sign-ups of one or several persons, their tickets.
-- opens_on/closes_on: first and last day; capacity empty = no limit; reserved: places that only the office gives.
CREATE TABLE signup_form (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), opens_on @int, closes_on @int, closed @int NOT NULL, capacity @int,
  reserved @int NOT NULL, reserved_for @text, per_signup @int NOT NULL, email @text NOT NULL, phone @text NOT NULL,
  minors @int NOT NULL, consent @text, consent_version @text, waiting @int NOT NULL,
  after_kk @text, after_ru @text, after_en @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX signup_form_event ON signup_form (event);
CREATE TABLE signup_question (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), rank @int, text_kk @text NOT NULL, text_ru @text, text_en @text,
  type @text NOT NULL, choices_kk @text, choices_ru @text, choices_en @text, required @int NOT NULL, gone @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX signup_question_event ON signup_question (event, id);
-- answers: a line for each question.
CREATE TABLE signup (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), person @int REFERENCES person (id), name @text, email @text, phone @text,
  persons @int NOT NULL, state @text NOT NULL, reserved @int NOT NULL, way @text NOT NULL, lang @text NOT NULL,
  answers @text, parent @text, consent_version @text, signed_on @int NOT NULL, withdrawn_on @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX signup_event ON signup (event, id);
CREATE INDEX signup_waiting ON signup (event, id) WHERE state = 'waiting';
CREATE INDEX signup_person ON signup (person) WHERE person IS NOT NULL;
-- The number of each form that was sent: the same one again is the same sign-up. Goes with its term.
CREATE TABLE signup_sent (event @int NOT NULL REFERENCES event (id), nonce @text NOT NULL,
  signup @int NOT NULL REFERENCES signup (id), PRIMARY KEY (event, nonce)) @strict;
CREATE INDEX signup_sent_signup ON signup_sent (signup);
-- seat: number of the person in the sign-up; code: 8 symbols to type; name and code go with their term.
CREATE TABLE ticket (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), signup @int NOT NULL REFERENCES signup (id), seat @int NOT NULL,
  name @text, person @int REFERENCES person (id), code @text, state @text NOT NULL, reason @text, revoked_at @int,
  minor @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX ticket_code ON ticket (code) WHERE code IS NOT NULL;
CREATE UNIQUE INDEX ticket_seat ON ticket (signup, seat);
CREATE INDEX ticket_event ON ticket (event, state);
CREATE INDEX ticket_person ON ticket (person) WHERE person IS NOT NULL;
-- The ticket that somebody came with: one ticket is one attendance.
ALTER TABLE attendance ADD COLUMN ticket @int;
CREATE UNIQUE INDEX attendance_ticket ON attendance (event, ticket) WHERE ticket IS NOT NULL;
