/* demo_comments.c – what readers wrote under the demo's articles, in words of our own: shown ones, one with the office's
 * reply, one that waits, one that was refused. Sent, decided and answered by the same rules as anybody's. */
#include "app/demo_inner.h"

#include "mod/comment/comment.h"

enum { WRITING_US = 60 * US_PER_SECOND };

static const struct {
	int article; /* the day on which it was published */
	int sent, decided;
	const char *name, *text, *action, *reason, *reply;
} comments[] = {
	{ 20241001, 20241002, 20241003, "Нұрлан Е.",
	    "Көктемде де шығамыз. Біздің ауладан отыз адам дайын.", "show", NULL, NULL },
	{ 20241108, 20241109, 20241111, "Динара С.",
	    "Топтар толды деп жазыпсыздар. Жұмыстан кейін, сағат жетіде оқығым келеді. Келесі топ "
	    "қашан ашылады?",
	    "show", NULL,
	    "Қаңтарда тағы екі кешкі топ ашылады. Хатшылыққа хабарласыңыз, тізімге жазып қоямыз." },
	{ 20241108, 20241110, 20241111, "Тіл шебері",
	    "Кез келген тілді үш күнде үйретемін, жеңілдік тек бүгін: https://til.example",
	    "refuse", "advert", NULL },
	{ 20241115, 20241115, 20241115, "Ирина В.",
	    "Хорошо, что у каждого числа видно, откуда оно. Спасибо.", "show", NULL, NULL },
	{ 20241115, 20241115, 0, "Гүлнәр Т.",
	    "Ауылдарда да осындай кездесу өткізсеңіздер екен. Бізге қашан келесіздер?", NULL, NULL,
	    NULL },
};

static int
decide(struct ctx *cx, size_t i, int64_t id)
{
	struct comment c;

	cx->today = comments[i].decided;
	TRY(kind_load(cx, &comment_kind, id, &c));
	TRY(comment_decide(cx, &(struct comment_decision){ id, c.rec.version, comments[i].action,
				   comments[i].reason, NULL }));
	if (comments[i].reply == NULL)
		return RC_OK;
	TRY(kind_load(cx, &comment_kind, id, &c));
	return comment_reply(
	    cx, &(struct comment_answer){ id, c.rec.version, comments[i].reply, NULL });
}

static int
make(struct ctx *cx, size_t i, const struct actor *moderator)
{
	struct comment_in in = { .name = comments[i].name, .text = comments[i].text };
	struct comment_made m;

	TRY(db_int(cx, &in.article, "SELECT min(id) FROM article WHERE published_on = $1",
	    VALS(v_int(comments[i].article))));
	cx->today = comments[i].sent;
	cx->now -= WRITING_US;
	in.moment = comment_moment(cx, in.article);
	cx->now += WRITING_US;
	TRY(comment_send(cx, &in, &m));
	if (comments[i].decided == 0)
		return RC_OK;
	cx->actor = moderator;
	return decide(cx, i, m.id);
}

int
demo_comments(struct demo *d)
{
	struct ctx *cx = d->cx;
	const struct actor *who = cx->actor;
	struct actor moderator = *who; /* in the clerk's name, where the demo has sign-ins */
	size_t i;
	int rc = RC_OK;

	TRY(db_int(cx, &moderator.account,
	    "SELECT coalesce(max(id), 0) FROM account WHERE login = 'clerk'", NO_VALS));
	for (i = 0; i < ARRAY_LEN(comments) && rc == RC_OK; i++) {
		struct arena_mark mark = arena_mark(cx->arena);

		rc = make(cx, i, &moderator);
		cx->actor = who;
		db_end(cx);
		arena_rewind(cx->arena, mark);
	}
	cx->today = DEMO_TODAY;
	return rc;
}
