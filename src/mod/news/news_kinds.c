/* news_kinds.c – rubrics, articles and their links as record kinds: const tables, no behaviour. */
#include "kind/internal.h"
#include "mod/news/news_inner.h"

const struct option article_langs[] = {
	{ "kk", N_("Kazakh") },
	{ "ru", N_("Russian") },
	{ "en", N_("English") },
	{ NULL, NULL },
};
const struct option article_lang_states[] = {
	{ "original", N_("original") },
	{ "machine", N_("machine draft") },
	{ "checked", N_("checked translation") },
	{ "stale", N_("stale translation") },
	{ NULL, NULL },
};
const struct option article_states[] = {
	{ "draft", N_("draft") },
	{ "review", N_("with the editor") },
	{ "published", N_("published") },
	{ "corrected", N_("published, corrected") },
	{ "withdrawn", N_("withdrawn") },
	{ NULL, NULL },
};

/* RULE news-1 */
const struct article_step article_steps[] = {
	{ "draft", "send", "review", CAP_EVENT_WRITE, false, N_("Send to the editor") },
	{ "review", "take-back", "draft", CAP_EVENT_WRITE, false, N_("Take it back") },
	{ "review", "return", "draft", CAP_EVENT_APPROVE, true, N_("Return for rework") },
	{ "review", "publish", "published", CAP_EVENT_APPROVE, false, N_("Publish") },
	{ "published", "withdraw", "withdrawn", CAP_EVENT_APPROVE, true,
	    N_("Withdraw the article") },
	{ "corrected", "withdraw", "withdrawn", CAP_EVENT_APPROVE, true,
	    N_("Withdraw the article") },
	{ "withdrawn", "reopen", "draft", CAP_EVENT_APPROVE, false, N_("Work on it again") },
};
const size_t article_nsteps = ARRAY_LEN(article_steps);

static const struct field rubric_fields[] = {
	F_TEXT(rubric, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(rubric, name, .label = N_("Name"), .max = 100,
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_INT(rubric, rank, .label = N_("Order"), .flags = F_LIST, .privacy = PRIV_PUBLIC, .min = 0,
	    .max = 1000),
	F_BOOL(rubric, closed, .label = N_("No new articles"), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state rubric_state;
const struct kind rubric_kind = {
	.name = "rubric",
	.plural_name = "rubrics",
	.label = N_("Rubric"),
	.plural = N_("Rubrics"),
	.size = sizeof(struct rubric),
	.fields = rubric_fields,
	.nfields = ARRAY_LEN(rubric_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_STAFF,
	.state = &rubric_state,
};

#define LANG_STATE(m, LABEL)                                                                    \
	F_ENUM(article, m, article_lang_states, .label = LABEL,                                 \
	    .help = N_("What was put in by a machine stays a machine draft until somebody who " \
		       "knows the language says that it is checked."),                          \
	    .privacy = PRIV_PUBLIC)
#define LANG_FROM(m, LABEL) \
	F_TEXT(article, m, .label = LABEL, .flags = F_RULED, .privacy = PRIV_STAFF, .max = 64)

static const struct field article_fields[] = {
	F_TEXT3(article, title, .label = N_("Title"), .flags = F_LIST | F_SEARCH | F_GLUED,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_REF(article, rubric, &rubric_kind, .label = N_("Rubric"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(article, body, &body_kind, .label = N_("Body"),
	    .help = N_("Whose news it is; empty: the assembly's own."), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(article, original, article_langs, .label = N_("Language of the original"),
	    .flags = F_REQUIRED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(article, lead, .label = N_("First lines"),
	    .help = N_("One or two sentences; they stand in lists and feeds, too."),
	    .flags = F_LONG | F_SEARCH | F_GLUED, .privacy = PRIV_PUBLIC, .max = 1000),
	F_TEXT3(article, text, .label = N_("Text"),
	    .help = N_("Markdown: **bold**, *italic*, # heading, [words](https://…). A figure: "
		       "{figure:events_total on=2024-11-15}."),
	    .flags = F_LONG | F_SEARCH | F_GLUED, .privacy = PRIV_PUBLIC, .max = 30000),
	LANG_STATE(kk_state, N_("Kazakh text")),
	LANG_STATE(ru_state, N_("Russian text")),
	LANG_STATE(en_state, N_("English text")),
	LANG_FROM(kk_from, N_("Kazakh text: sum of the original")),
	LANG_FROM(ru_from, N_("Russian text: sum of the original")),
	LANG_FROM(en_from, N_("English text: sum of the original")),
	F_TEXT(article, author, .label = N_("Author"), .help = N_("As it is printed."),
	    .flags = F_SEARCH, .privacy = PRIV_PUBLIC, .max = 200),
	F_TEXT(article, office, .label = N_("The author's office"), .privacy = PRIV_PUBLIC,
	    .max = 300),
	F_DAY(article, dated, .label = N_("Date under the text"), .help = N_("Empty: not known."),
	    .privacy = PRIV_PUBLIC),
	F_DAY(article, publish_on, .label = N_("Not before"),
	    .help = N_("Once published it is shown from this day on; empty: at once."),
	    .privacy = PRIV_PUBLIC),
	F_ENUM(article, state, article_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(article, state_reason, .label = N_("Reason"), .flags = F_RULED | F_LONG,
	    .privacy = PRIV_STAFF, .max = 1000),
	F_TEXT(article, correction, .label = N_("What was corrected"),
	    .help = N_("Readers see it. Needed when the words of a published original change."),
	    .flags = F_LONG, .privacy = PRIV_PUBLIC, .max = 1000),
	F_DAY(article, published_on, .label = N_("Published on"),
	    .flags = F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(article, corrected_on, .label = N_("Corrected on"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state article_state;
const struct kind article_kind = {
	.name = "article",
	.plural_name = "articles",
	.label = N_("Article"),
	.plural = N_("Articles"),
	.size = sizeof(struct article),
	.fields = article_fields,
	.nfields = ARRAY_LEN(article_fields),
	.title = { "title" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = article_scope,
	.open = article_open,
	.writable = article_writable,
	.prepare = article_prepare,
	.check = article_check,
	.changed = article_changed,
	.path = "/news/%lld",
	.state = &article_state,
};

static const struct field article_link_fields[] = {
	F_REF(article_link, article, &article_kind, .label = N_("Article"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(article_link, event, &event_kind, .label = N_("Event"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(article_link, body, &body_kind, .label = N_("Body"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(article_link, programme, &programme_kind,
	    .label = N_("Programme, project or campaign"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state article_link_state;
const struct kind article_link_kind = {
	.name = "article_link",
	.plural_name = "article_links",
	.label = N_("Link of an article"),
	.plural = N_("Links of articles"),
	.size = sizeof(struct article_link),
	.fields = article_link_fields,
	.nfields = ARRAY_LEN(article_link_fields),
	.named_by = { "article" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = article_link_scope,
	.writable = article_link_writable,
	.check = article_link_check,
	.state = &article_link_state,
};
