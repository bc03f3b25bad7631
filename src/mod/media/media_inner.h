/* media_inner.h – what the files of this module share. */
#ifndef MOD_MEDIA_INNER_H
#define MOD_MEDIA_INNER_H

#include "mod/media/media.h"

int outlet_writable(struct ctx *cx, const void *old, const void *rec);
int outlet_prepare(struct ctx *cx, const void *old, void *rec);
int outlet_check(struct ctx *cx, const void *old, const void *rec);
int publication_writable(struct ctx *cx, const void *old, const void *rec);
int publication_prepare(struct ctx *cx, const void *old, void *rec);
int publication_check(struct ctx *cx, const void *old, const void *rec);
int social_column_writable(struct ctx *cx, const void *old, const void *rec);
int social_column_prepare(struct ctx *cx, const void *old, void *rec);
int social_column_check(struct ctx *cx, const void *old, const void *rec);
int social_post_writable(struct ctx *cx, const void *old, const void *rec);
int social_post_prepare(struct ctx *cx, const void *old, void *rec);
int social_post_check(struct ctx *cx, const void *old, const void *rec);
void press_scope(struct ctx *cx, struct query *q);
int press_writable(struct ctx *cx, const void *old, const void *rec);
int press_prepare(struct ctx *cx, const void *old, void *rec);
int press_check(struct ctx *cx, const void *old, const void *rec);

#endif
