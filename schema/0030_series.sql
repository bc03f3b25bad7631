-- Series of events: a rule with what its events begin with, and which event stands for which of its days.
CREATE TABLE event_series (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  code @text UNIQUE, name_kk @text NOT NULL, name_ru @text, name_en @text,
  summary_kk @text, summary_ru @text, summary_en @text, body @int NOT NULL REFERENCES body (id),
  kind @int NOT NULL REFERENCES event_kind (id), programme @int REFERENCES programme (id), lang @text,
  repeat @text NOT NULL, every @int NOT NULL, monday @int NOT NULL, tuesday @int NOT NULL, wednesday @int NOT NULL,
  thursday @int NOT NULL, friday @int NOT NULL, saturday @int NOT NULL, sunday @int NOT NULL,
  month_day @int, nth @text, weekday @text, starts @text, ends @text, place @text,
  district @int REFERENCES district (id), hall @int REFERENCES hall (id), first_day @int NOT NULL, last_day @int,
  times @int, skip_off @int NOT NULL, skip_mourning @int NOT NULL, skipped @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
-- day: the day of the rule that the event was made for; making: with which press it was made, 0 = it was there before.
CREATE TABLE series_member (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  series @int NOT NULL REFERENCES event_series (id), event @int NOT NULL REFERENCES event (id), day @int NOT NULL,
  making @int NOT NULL, differs @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX series_member_event ON series_member (event);
CREATE UNIQUE INDEX series_member_day ON series_member (series, day);
