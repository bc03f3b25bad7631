/* docx.c – see docx.h. Seven parts in a package, each written from a constant and what it carries. */
#include "text/docx.h"

#include "base/utf8.h"
#include "text/zip.h"

enum { PICTURES = 16, EMU_PER_MM = 36000 };

struct docx {
	struct arena *arena;
	struct docx_info info;
	struct buf body;
	const char *lang;
	struct docx_table table;
	size_t col, row;
	struct slice picture[PICTURES];
	size_t npictures;
	bool over;
};

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define NS_W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define NS_R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define WML "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"

static const char content_types[] =
    XML "<Types xmlns=\"" PACKAGE "content-types\">"
	"<Default Extension=\"rels\" "
	"ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Default Extension=\"png\" ContentType=\"image/png\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" WML "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" WML "styles+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"" WML "header+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\""
	" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char package_rels[] =
    XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
	"<Relationship Id=\"rId1\" Type=\"" REL "officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rId2\" Type=\"" PACKAGE "relationships/metadata/core-properties\""
	" Target=\"docProps/core.xml\"/></Relationships>";

static const char header_part[] = XML
    "<w:hdr " NS_W "><w:p><w:pPr><w:pStyle w:val=\"Centre\"/></w:pPr>"
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">PAGE"
    "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

/* Sizes are half points, distances twentieths of a point. */
static const char styles_head[] = XML
    "<w:styles " NS_W "><w:docDefaults><w:rPrDefault><w:rPr>"
    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New "
    "Roman\""
    " w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr>"
    "</w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
    "w:val=\"Normal\"/></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
    "Table\"/>"
    "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"45\" w:type=\"dxa\"/>"
    "<w:right w:w=\"45\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";

static const struct style {
	const char *id, *paragraph, *run;
} styles[DOCX_STYLES] = {
	[DOCX_TEXT] = { "Text", "<w:ind w:firstLine=\"709\"/><w:jc w:val=\"both\"/>", "" },
	[DOCX_TITLE] = { "PaperTitle", "<w:keepNext/><w:jc w:val=\"center\"/>", "<w:b/><w:bCs/>" },
	[DOCX_CENTRE] = { "Centre", "<w:jc w:val=\"center\"/>", "" },
	[DOCX_HEADING] = { "PaperHeading",
	    "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"0\"/>",
	    "<w:b/><w:bCs/>" },
	[DOCX_RIGHT] = { "Right", "<w:jc w:val=\"right\"/>", "" },
	[DOCX_PLAIN] = { "Plain", "<w:jc w:val=\"left\"/>", "" },
	[DOCX_FOOT] = { "Foot", "<w:keepNext/><w:spacing w:before=\"60\"/>",
	    "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>" },
	[DOCX_SMALL] = { "Small", "<w:spacing w:before=\"60\"/>",
	    "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>" },
};
/* Cells are smaller than the text: seven columns stand on an upright page. */
static const char cell_styles[] =
    "<w:style w:type=\"paragraph\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn "
    "w:val=\"Normal\"/>"
    "<w:rPr><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"CellHead\"><w:name w:val=\"Cell Head\"/>"
    "<w:basedOn w:val=\"Cell\"/><w:pPr><w:keepNext/><w:jc w:val=\"center\"/></w:pPr>"
    "<w:rPr><w:b/><w:bCs/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style></w:styles>";

static const char section[] =
    "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\""
    " w:left=\"1417\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>";

void
xml_text(struct buf *b, const char *text)
{
	const char *p = text == NULL ? "" : text, *end = p + strlen(p);

	while (p < end) {
		const char *at = p;
		int32_t cp = utf8_next(&p, end);

		if (cp == '&')
			buf_str(b, "&amp;");
		else if (cp == '<')
			buf_str(b, "&lt;");
		else if (cp == '>')
			buf_str(b, "&gt;");
		else if (cp == '"')
			buf_str(b, "&quot;");
		else if (cp < 0 || cp == 0xfffe || cp == 0xffff ||
			 (cp < 0x20 && cp != '\t' && cp != '\n'))
			buf_str(b, "\xef\xbf\xbd");
		else
			buf_put(b, at, (size_t)(p - at));
	}
}

int
docx_open(struct arena *a, const struct docx_info *info, struct docx **out)
{
	struct docx *d = arena_new(a, struct docx);

	d->arena = a;
	d->info = *info;
	d->lang = info->lang;
	buf_init(&d->body, a, 0);
	*out = d;
	return RC_OK;
}

void
docx_lang(struct docx *d, const char *lang)
{
	d->lang = lang;
}

static void
put_run(struct docx *d, const char *text)
{
	buf_str(&d->body, "<w:r><w:rPr><w:lang w:val=\"");
	xml_text(&d->body, d->lang);
	buf_str(&d->body, "\"/></w:rPr><w:t xml:space=\"preserve\">");
	xml_text(&d->body, text);
	buf_str(&d->body, "</w:t></w:r>");
}

void
docx_para(struct docx *d, enum docx_style s, const char *text)
{
	buf_printf(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", styles[s].id);
	if (text != NULL && *text != '\0')
		put_run(d, text);
	buf_str(&d->body, "</w:p>");
}

void
docx_page_break(struct docx *d)
{
	buf_str(&d->body, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
}

/* ---- tables ---- */

void
docx_table_begin(struct docx *d, const struct docx_table *t)
{
	static const char *const sides[] = { "top", "left", "bottom", "right", "insideH",
		"insideV" };
	size_t i;

	d->table = *t;
	d->row = d->col = 0;
	if (t->cols == 0 || t->cols > DOCX_COLS) {
		d->over = true;
		d->table.cols = 1;
	}
	buf_printf(&d->body, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/>", DOCX_WIDTH);
	if (t->rules) {
		buf_str(&d->body, "<w:tblBorders>");
		for (i = 0; i < ARRAY_LEN(sides); i++)
			buf_printf(&d->body,
			    "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>",
			    sides[i]);
		buf_str(&d->body, "</w:tblBorders>");
	}
	buf_str(&d->body, "<w:tblLayout w:type=\"fixed\"/>");
	if (t->summary != NULL) {
		buf_str(&d->body, "<w:tblCaption w:val=\"");
		xml_text(&d->body, t->summary);
		buf_str(&d->body, "\"/>");
	}
	buf_str(&d->body, "</w:tblPr><w:tblGrid>");
	for (i = 0; i < d->table.cols; i++)
		buf_printf(&d->body, "<w:gridCol w:w=\"%d\"/>", t->width[i]);
	buf_str(&d->body, "</w:tblGrid>");
}

void
docx_cell(struct docx *d, const char *text, bool right)
{
	const struct docx_table *t = &d->table;
	bool head = d->row < t->heads;

	if (d->col == 0)
		buf_printf(&d->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>",
		    head ? "<w:tblHeader/>" : "");
	buf_printf(&d->body,
	    "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr><w:p><w:pPr>"
	    "<w:pStyle w:val=\"%s\"/>%s</w:pPr>",
	    t->width[d->col], head ? "<w:vAlign w:val=\"center\"/>" : "",
	    head	? "CellHead"
	    : !t->rules ? "Plain"
			: "Cell",
	    right && !head ? "<w:jc w:val=\"right\"/>" : "");
	if (text != NULL && *text != '\0')
		put_run(d, text);
	buf_str(&d->body, "</w:p></w:tc>");
	if (++d->col == t->cols) {
		buf_str(&d->body, "</w:tr>");
		d->col = 0;
		d->row++;
	}
}

void
docx_table_end(struct docx *d)
{
	while (d->col != 0)
		docx_cell(d, "", false);
	buf_str(&d->body, "</w:tbl>");
	/* Between two tables, and before the end, the format wants a paragraph. */
	docx_para(d, DOCX_SMALL, "");
}

/* ---- pictures ---- */

void
docx_png(struct docx *d, struct slice png, int mm, const char *alt)
{
	size_t n = d->npictures + 1;

	if (n > PICTURES) {
		d->over = true;
		return;
	}
	d->picture[d->npictures++] = png;
	buf_printf(&d->body,
	    "<w:p><w:pPr><w:pStyle w:val=\"Plain\"/></w:pPr><w:r><w:drawing><wp:inline"
	    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
	    " distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%d\" cy=\"%d\"/>"
	    "<wp:docPr id=\"%zu\" name=\"picture%zu\" descr=\"",
	    mm * EMU_PER_MM, mm * EMU_PER_MM, n, n);
	xml_text(&d->body, alt);
	buf_printf(&d->body,
	    "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">"
	    "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
	    "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
	    "<pic:nvPicPr><pic:cNvPr id=\"%zu\" "
	    "name=\"picture%zu.png\"/><pic:cNvPicPr/></pic:nvPicPr>"
	    "<pic:blipFill><a:blip r:embed=\"rIdP%zu\"/><a:stretch><a:fillRect/></a:stretch>"
	    "</pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/>"
	    "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
	    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
	    n, n, n, mm * EMU_PER_MM, mm * EMU_PER_MM);
}

/* ---- the package ---- */

static void
put_styles(struct docx *d, struct zip_pack *z)
{
	struct buf b;
	size_t i;

	buf_init(&b, d->arena, 0);
	buf_str(&b, styles_head);
	for (i = 0; i < DOCX_STYLES; i++)
		buf_printf(&b,
		    "<w:style w:type=\"paragraph\" w:styleId=\"%s\"><w:name w:val=\"%s\"/>"
		    "<w:basedOn w:val=\"Normal\"/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>",
		    styles[i].id, styles[i].id, styles[i].paragraph, styles[i].run);
	buf_str(&b, cell_styles);
	zip_pack_file(z, "word/styles.xml", b.p, b.n);
}

static void
put_rels(struct docx *d, struct zip_pack *z)
{
	struct buf b;
	size_t i;

	buf_init(&b, d->arena, 0);
	buf_str(&b,
	    XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
		"<Relationship Id=\"rId1\" Type=\"" REL "styles\" Target=\"styles.xml\"/>"
		"<Relationship Id=\"rId2\" Type=\"" REL "header\" Target=\"header1.xml\"/>");
	for (i = 1; i <= d->npictures; i++)
		buf_printf(&b,
		    "<Relationship Id=\"rIdP%zu\" Type=\"" REL
		    "image\" Target=\"media/picture%zu.png\"/>",
		    i, i);
	buf_str(&b, "</Relationships>");
	zip_pack_file(z, "word/_rels/document.xml.rels", b.p, b.n);
}

static void
put_core(struct docx *d, struct zip_pack *z)
{
	struct buf b;

	buf_init(&b, d->arena, 0);
	buf_str(&b, XML "<cp:coreProperties xmlns:cp=\"" PACKAGE "metadata/core-properties\""
			" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
			"xmlns:dcterms=\"http://purl.org/dc/terms/\""
			" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	xml_text(&b, d->info.title);
	buf_str(&b, "</dc:title><dc:creator>");
	xml_text(&b, d->info.author);
	buf_str(&b, "</dc:creator>");
	if (d->info.created != NULL) {
		buf_str(&b, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">");
		xml_text(&b, d->info.created);
		buf_str(&b, "</dcterms:created>");
	}
	buf_str(&b, "</cp:coreProperties>");
	zip_pack_file(z, "docProps/core.xml", b.p, b.n);
}

static void
put_document(struct docx *d, struct zip_pack *z)
{
	struct buf b;

	buf_init(&b, d->arena, 0);
	buf_str(&b, XML "<w:document " NS_W " " NS_R "><w:body>");
	buf_put(&b, d->body.p, d->body.n);
	buf_str(&b, section);
	buf_str(&b, "</w:body></w:document>");
	d->over = d->over || b.over || d->body.over;
	zip_pack_file(z, "word/document.xml", b.p, b.n);
}

int
docx_close(struct docx *d, struct slice *out)
{
	struct zip_pack *z = zip_pack_open(d->arena);
	size_t i;
	int rc;

	*out = (struct slice){ "", 0 };
	if (z == NULL)
		return RC_STORAGE;
	zip_pack_file(z, "[Content_Types].xml", content_types, sizeof content_types - 1);
	zip_pack_file(z, "_rels/.rels", package_rels, sizeof package_rels - 1);
	put_document(d, z);
	put_styles(d, z);
	put_rels(d, z);
	zip_pack_file(z, "word/header1.xml", header_part, sizeof header_part - 1);
	put_core(d, z);
	for (i = 0; i < d->npictures; i++)
		zip_pack_file(z, arena_printf(d->arena, "word/media/picture%zu.png", i + 1),
		    d->picture[i].p, d->picture[i].n);
	rc = zip_pack_close(z, out);
	return rc == RC_OK && d->over ? RC_TOOBIG : rc;
}
