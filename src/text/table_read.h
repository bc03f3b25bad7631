/* table_read.h – rows of a table file, one after another, whether it is CSV or XLSX.
 *
 * Memory does not grow with the file: one row is held at a time, shared strings of a workbook lie in
 * an unnamed temporary file. What the file claims is not believed: a workbook that unpacks to more
 * than TABLE_BYTES or far beyond its packed size is refused while it unpacks, so are a DTD (and with it
 * every entity), deep nesting and tokens without end.
 *
 * Cells come as text, as a clerk would have typed them: days 15.11.2024 (by the cell's number format,
 * in either date system, 1900 or 1904), days with a time 15.11.2024 18:00, times 18:00, numbers in
 * their shortest form, formulas by the value they were saved with. A cell that is merged downwards
 * gives its text to every row it covers; merged sideways it stays in its first column. CSV: UTF-8
 * with or without BOM, UTF-16, Windows-1251 and its Kazakh form (KZ-1048); comma, semicolon or TAB;
 * a line "sep=;" in front is obeyed and skipped. Old .xls files, locked ones and web pages are named. */
#ifndef TEXT_TABLE_READ_H
#define TEXT_TABLE_READ_H

#include "base/buf.h"

enum { TABLE_COLUMNS = 128, TABLE_CELL = 32767, TABLE_SHEETS = 64, TABLE_ROWS = 1048576 };
#define TABLE_BYTES ((size_t)1 << 30) /* a workbook unpacked, all parts read */

enum table_form { TABLE_CSV, TABLE_XLSX };
enum table_code { CODE_AUTO, CODE_UTF8, CODE_UTF16LE, CODE_UTF16BE, CODE_CP1251, CODE_KZ1048 };
/* Why a file cannot be read; the caller has the words. */
enum table_fault {
	TABLE_FINE,
	TABLE_UNREADABLE, /* the file does not open, or the disk fails */
	TABLE_EMPTY,
	TABLE_OLD_XLS,	/* a workbook of before 2007, or one locked with a password */
	TABLE_NO_TABLE, /* PDF, picture, web page … */
	TABLE_BROKEN,	/* no sound zip or XML */
	TABLE_BOMB,	/* unpacks to too much, nests too deep, holds a DTD */
	TABLE_QUOTE,	/* a quotation mark that never closes */
	TABLE_WIDE,	/* more than TABLE_COLUMNS columns with text */
	TABLE_LONG,	/* a cell longer than TABLE_CELL letters */
	TABLE_MANY,	/* more than TABLE_ROWS rows */
	TABLE_NO_SHEET,
};

struct table_ask {
	enum table_code code; /* CODE_AUTO: found out */
	char sep;	      /* 0: found out */
	int sheet;	      /* place in info.sheets; -1 = the first that is visible */
};
struct table_info {
	enum table_form form;
	enum table_code code;
	char sep;
	bool bom, from_1904;
	int sheet;
	size_t nsheets;
	const char *sheets[TABLE_SHEETS];
	bool hidden[TABLE_SHEETS];
};
struct table_row {
	int64_t number; /* as the spreadsheet shows it, from 1; of CSV the row, not the line */
	size_t n;
	const char *cell[TABLE_COLUMNS]; /* "" = empty; good until the next row */
};

/* A text that is no UTF-8 as UTF-8, if it can be Cyrillic of one byte (Windows-1251 or its Kazakh form); false: it
 * cannot, or holds zeros. */
bool old_letters(struct slice in, struct buf *out);
/* One letter of the two; and whether a byte is one that only the Kazakh form has as a letter of words. */
int32_t old_letter(enum table_code code, unsigned char b);
bool old_is_kazakh(unsigned char b);

struct table;
/* RC_INVALID with *fault. info lives as long as the table. */
int table_open(const char *path, const struct table_ask *ask, struct table **out,
    enum table_fault *fault) MUST;
const struct table_info *table_info(const struct table *t);
/* The next row with any text; NULL at the end or at a fault. */
const struct table_row *table_next(struct table *t);
enum table_fault table_fault(const struct table *t);
int64_t table_place(const struct table *t); /* number of the row read last */
void table_close(struct table *t);	    /* NULL is nothing */

#endif
