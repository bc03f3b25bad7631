/* demo_signup.c – one event of the demo with an open registration: a form, a question, a few families, one of
 * whom has withdrawn. The codes are drawn, as everywhere; all else is the same in every demo. */
#include "app/demo_inner.h"
#include "mod/signup/signup.h"

enum { DAY = 20241130 };

static int
make_form(struct ctx *cx, int64_t event)
{
	struct signup_form f;
	struct signup_question q;

	kind_empty(&signup_form_kind, &f);
	f.event = event;
	f.capacity = 60;
	f.reserved = 6;
	f.reserved_for = "Ақсақалдар кеңесі";
	f.waiting = true;
	f.after = (struct text3){ "Достық үйіне негізгі есіктен кіріңіз.",
		"Вход в Дом дружбы через главную дверь.", "Enter by the main door." };
	TRY(kind_insert(cx, &signup_form_kind, &f));
	kind_empty(&signup_question_kind, &q);
	q.event = event;
	q.text = (struct text3){ "Автобуспен қайтасыз ба?", "Нужен ли автобус обратно?",
		"Do you need the bus home?" };
	q.type = "yesno";
	return kind_insert(cx, &signup_question_kind, &q);
}

int
demo_signup(struct demo *d)
{
	static const struct {
		const char *names[4];
		size_t n;
		const char *email, *bus;
	} families[] = {
		{ { "Сәуле Жолдыбай", "Арман Жолдыбай", "Еркін Жолдыбай" }, 3, "saule@example.kz",
		    "yes" },
		{ { "Наталья Ковальчук" }, 1, NULL, "no" },
		{ { "Рустам Ибрагим", "Лейла Ибрагим" }, 2, "rustam@example.kz", NULL },
		{ { "Ольга Вебер", "Пётр Вебер" }, 2, NULL, "yes" },
	};
	struct ctx *cx = d->cx;
	struct signup_made m = { 0 };
	int64_t event;
	size_t i;

	TRY(db_int(cx, &event,
	    "SELECT min(id) FROM event WHERE state = 'approved' AND first_day = $1",
	    VALS(v_int(DAY))));
	if (event == 0)
		return RC_OK;
	TRY(make_form(cx, event));
	for (i = 0; i < ARRAY_LEN(families); i++) {
		struct signup_in in = { .event = event,
			.n = families[i].n,
			.email = families[i].email,
			.answer = { families[i].bus } };

		memcpy(in.name, families[i].names, sizeof families[i].names);
		TRY(signup_make(cx, &in, &m));
	}
	return signup_withdraw(cx, m.id, 0, false);
}
