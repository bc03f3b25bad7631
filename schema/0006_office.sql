-- Backups that were asked for, by the night or by hand, and what became of them.
CREATE TABLE backup_run (id @id, asked_at @int NOT NULL, night @int, state @text NOT NULL, begun_at @int, ended_at @int,
  file @text, bytes @int, rows @int, files @int, error @text) @strict;
CREATE UNIQUE INDEX backup_run_night ON backup_run (night) WHERE night IS NOT NULL;

-- One-time codes for those who forgot the password; the newest of an account alone is good.
CREATE TABLE account_reset (id @id, account @int NOT NULL REFERENCES account (id), digest @text NOT NULL,
  made_at @int NOT NULL, made_by @int NOT NULL, expires_at @int NOT NULL, ended_at @int) @strict;
CREATE INDEX account_reset_account ON account_reset (account);
