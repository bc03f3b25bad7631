-- Sign-in sheets on paper: a sheet, its rows (what each stands for and what was typed from it), pictures of the
-- signed sheet; and slips of heads that somebody counted.
CREATE TABLE sheet (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), list @text NOT NULL, lang @text NOT NULL, listed @int NOT NULL,
  spare @int NOT NULL, withdrawn @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX sheet_event ON sheet (event, id);
CREATE TABLE sheet_row (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  sheet @int NOT NULL REFERENCES sheet (id), event @int NOT NULL REFERENCES event (id), line @int NOT NULL,
  person @int REFERENCES person (id), ticket @int REFERENCES ticket (id), state @text NOT NULL, second @text,
  attendance @int REFERENCES attendance (id), typed_at @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE UNIQUE INDEX sheet_row_line ON sheet_row (sheet, line);
CREATE INDEX sheet_row_person ON sheet_row (person);
CREATE INDEX sheet_row_attendance ON sheet_row (attendance);
CREATE TABLE sheet_picture (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  sheet @int NOT NULL REFERENCES sheet (id), event @int NOT NULL REFERENCES event (id),
  file @int NOT NULL REFERENCES file (id), from_line @int NOT NULL, to_line @int NOT NULL, withdrawn @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX sheet_picture_sheet ON sheet_picture (sheet, id);
CREATE TABLE count_slip (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), basis @text NOT NULL, people @int NOT NULL, place @text,
  counted_by @text NOT NULL, withdrawn @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX count_slip_event ON count_slip (event, id);
-- A guest of an event by name: a list of fifty thousand asks for each of them.
CREATE INDEX attendance_guest ON attendance (event, guest) WHERE guest IS NOT NULL;
