-- What was promised: a figure's value for a period, of the whole assembly or of a body or district.
CREATE TABLE target (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  figure @text NOT NULL, from_day @int NOT NULL, to_day @int NOT NULL, body @int REFERENCES body (id),
  district @int REFERENCES district (id), value @int NOT NULL, approved_on @int NOT NULL, approved_by @text NOT NULL,
  document @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
-- One plan for one question.
CREATE UNIQUE INDEX target_once ON target (figure, from_day, to_day, coalesce(body, 0), coalesce(district, 0));
