-- Life on a server: who changed which setting, the institution's names by day, long works.

-- Values before and after, so that a change can be taken back; '' where a setting is secret.
CREATE TABLE setting_change (id @id, name @text NOT NULL, old @text NOT NULL, new @text NOT NULL, at @int NOT NULL,
  account @int NOT NULL, undone @int) @strict;
CREATE INDEX setting_change_name ON setting_change (name, id);

-- From `since` on the institution is called so; before the first row as the settings say. The picture lies here and
-- not in D.files, so that a backup has it and every process shows it.
CREATE TABLE institution_period (id @id, since @int NOT NULL UNIQUE, name_kk @text NOT NULL, name_ru @text NOT NULL,
  name_en @text NOT NULL, region_kk @text NOT NULL, region_ru @text NOT NULL, region_en @text NOT NULL, logo @blob,
  logo_media @text, made_at @int NOT NULL, made_by @int NOT NULL) @strict;

-- Long works that somebody asked for: asked → running → done | failed | cancelled.
CREATE TABLE work (id @id, kind @text NOT NULL, state @text NOT NULL, account @int NOT NULL, role @int, input @text NOT NULL,
  asked_at @int NOT NULL, begun_at @int, seen_at @int, ended_at @int, done @int NOT NULL, total @int NOT NULL,
  cancel @int NOT NULL, tries @int NOT NULL, said @text, file @text, file_name @text, file_type @text) @strict;
CREATE INDEX work_state ON work (state) WHERE state IN ('asked', 'running');
CREATE INDEX work_account ON work (account, id);
