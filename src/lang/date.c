/* date.c – days and moments as offices write them.
 *
 * Short: 15.11.2024 in all three languages, as every form of the country has it. Long: month in
 * words and in small letters in Kazakh and Russian. CLDR's Kazakh pattern ("2024 ж. 15 қараша") is
 * not the office's form, so nothing here comes from a locale library. kk_day() of kazakh.c has the
 * form of papers, "2024 жылғы 15 қараша", which takes a case ending. */
#include "lang/date.h"

#include "lang/lang.h"

static const struct {
	const char *name, *shortened, *of; /* of: after a day's number */
} months[LANG_COUNT][12] = {
	[LANG_KK] = {
		{ "Қаңтар", "қаң", "қаңтар" }, { "Ақпан", "ақп", "ақпан" },
		{ "Наурыз", "нау", "наурыз" }, { "Сәуір", "сәу", "сәуір" },
		{ "Мамыр", "мам", "мамыр" }, { "Маусым", "мау", "маусым" },
		{ "Шілде", "шіл", "шілде" }, { "Тамыз", "там", "тамыз" },
		{ "Қыркүйек", "қыр", "қыркүйек" }, { "Қазан", "қаз", "қазан" },
		{ "Қараша", "қар", "қараша" }, { "Желтоқсан", "жел", "желтоқсан" },
	},
	[LANG_RU] = {
		{ "Январь", "янв", "января" }, { "Февраль", "фев", "февраля" },
		{ "Март", "мар", "марта" }, { "Апрель", "апр", "апреля" },
		{ "Май", "май", "мая" }, { "Июнь", "июн", "июня" },
		{ "Июль", "июл", "июля" }, { "Август", "авг", "августа" },
		{ "Сентябрь", "сен", "сентября" }, { "Октябрь", "окт", "октября" },
		{ "Ноябрь", "ноя", "ноября" }, { "Декабрь", "дек", "декабря" },
	},
	[LANG_EN] = {
		{ "January", "Jan", "January" }, { "February", "Feb", "February" },
		{ "March", "Mar", "March" }, { "April", "Apr", "April" },
		{ "May", "May", "May" }, { "June", "Jun", "June" },
		{ "July", "Jul", "July" }, { "August", "Aug", "August" },
		{ "September", "Sep", "September" }, { "October", "Oct", "October" },
		{ "November", "Nov", "November" }, { "December", "Dec", "December" },
	},
};

static const struct {
	const char *name, *shortened;
} weekdays[LANG_COUNT][7] = {
	[LANG_KK] = { { "дүйсенбі", "дс" }, { "сейсенбі", "сс" }, { "сәрсенбі", "ср" },
	    { "бейсенбі", "бс" }, { "жұма", "жм" }, { "сенбі", "сб" }, { "жексенбі", "жс" } },
	[LANG_RU] = { { "понедельник", "пн" }, { "вторник", "вт" }, { "среда", "ср" },
	    { "четверг", "чт" }, { "пятница", "пт" }, { "суббота", "сб" },
	    { "воскресенье", "вс" } },
	[LANG_EN] = { { "Monday", "Mon" }, { "Tuesday", "Tue" }, { "Wednesday", "Wed" },
	    { "Thursday", "Thu" }, { "Friday", "Fri" }, { "Saturday", "Sat" },
	    { "Sunday", "Sun" } },
};

const char *
month_after_day(enum lang l, int month)
{
	return month < 1 || month > 12 ? "" : months[l][month - 1].of;
}

const char *
month_name(const struct ctx *cx, int month)
{
	return month < 1 || month > 12 ? "" : months[cx->lang][month - 1].name;
}

const char *
month_short(const struct ctx *cx, int month)
{
	return month < 1 || month > 12 ? "" : months[cx->lang][month - 1].shortened;
}

const char *
weekday_name(const struct ctx *cx, int weekday)
{
	return weekday < 1 || weekday > 7 ? "" : weekdays[cx->lang][weekday - 1].name;
}

const char *
weekday_short(const struct ctx *cx, int weekday)
{
	return weekday < 1 || weekday > 7 ? "" : weekdays[cx->lang][weekday - 1].shortened;
}

const char *
day_text(const struct ctx *cx, int day)
{
	if (!day_valid(day))
		return "";
	return arena_printf(
	    cx->arena, "%02d.%02d.%04d", day_dom(day), day_month(day), day_year(day));
}

const char *
day_long(const struct ctx *cx, int day)
{
	static const char *const tails[LANG_COUNT] = {
		[LANG_KK] = " ж.",
		[LANG_RU] = " г.",
		[LANG_EN] = "",
	};

	if (!day_valid(day))
		return "";
	return arena_printf(cx->arena, "%d %s %d%s", day_dom(day),
	    month_after_day(cx->lang, day_month(day)), day_year(day), tails[cx->lang]);
}

/* An open end stays open: "01.01.2024–". */
const char *
day_range(const struct ctx *cx, int from, int to)
{
	if (from == to)
		return day_text(cx, from);
	return arena_printf(cx->arena, "%s–%s", day_text(cx, from), day_text(cx, to));
}

const char *
moment_text(const struct ctx *cx, int64_t us)
{
	int day, hour, minute, second;

	if (us == 0)
		return "";
	moment_parts(us, &day, &hour, &minute, &second);
	return arena_printf(cx->arena, "%s %02d:%02d", day_text(cx, day), hour, minute);
}
