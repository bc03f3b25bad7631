-- Backups that were asked for, by the night or by hand, and what became of them.
CREATE TABLE backup_run (id @id, asked_at @int NOT NULL, night @int, state @text NOT NULL, begun_at @int, ended_at @int,
  file @text, bytes @int, rows @int, files @int, error @text) @strict;
CREATE UNIQUE INDEX backup_run_night ON backup_run (night) WHERE night IS NOT NULL;
