/* games_inner.h – what the files of this module share. Other modules use games.h. */
#ifndef MOD_GAMES_INNER_H
#define MOD_GAMES_INNER_H

#include "mod/games/games.h"

/* ---- games_check.c: scopes, who may write, checks; named in the rows of games_kinds.c */
void tournament_scope(struct ctx *cx, struct query *q);
void game_team_scope(struct ctx *cx, struct query *q);
void game_match_scope(struct ctx *cx, struct query *q);
int tournament_writable(struct ctx *cx, const void *old, const void *rec);
int game_team_writable(struct ctx *cx, const void *old, const void *rec);
int game_match_writable(struct ctx *cx, const void *old, const void *rec);
int tournament_check(struct ctx *cx, const void *old, const void *rec);
int game_team_check(struct ctx *cx, const void *old, const void *rec);
int game_match_prepare(struct ctx *cx, const void *old, void *rec);
int game_match_check(struct ctx *cx, const void *old, const void *rec);

#endif
