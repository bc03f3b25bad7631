-- Games: what they count by, teams, matches. The results table is not kept: it is counted from the matches.
CREATE TABLE tournament (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  event @int NOT NULL REFERENCES event (id), name_kk @text NOT NULL, name_ru @text, name_en @text, rules @text,
  win @int NOT NULL, draw @int NOT NULL, loss @int NOT NULL, walkover @int NOT NULL,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX tournament_event ON tournament (event);
CREATE TABLE game_team (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  tournament @int NOT NULL REFERENCES tournament (id), name @text NOT NULL, body @int REFERENCES body (id), people @int,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX game_team_tournament ON game_team (tournament);
CREATE INDEX game_team_body ON game_team (body);
CREATE TABLE game_match (id @id, version @int NOT NULL, created_at @int NOT NULL, changed_at @int NOT NULL,
  tournament @int NOT NULL REFERENCES tournament (id), team_a @int NOT NULL REFERENCES game_team (id),
  team_b @int NOT NULL REFERENCES game_team (id), day @int NOT NULL, starts @text, place @text, state @text NOT NULL,
  score_a @int, score_b @int, unplayed @text, reason @text,
  sort_kk @text NOT NULL, sort_ru @text NOT NULL, sort_en @text NOT NULL, fold_key @text NOT NULL) @strict;
CREATE INDEX game_match_tournament ON game_match (tournament, day);
CREATE INDEX game_match_team_a ON game_match (team_a);
CREATE INDEX game_match_team_b ON game_match (team_b);
