/* day.h – calendar days and moments.
 *
 * A day is an int, yyyymmdd (20241115); 0 = not known. A moment is int64_t microseconds since 1970,
 * UTC. Arithmetic is done here and never in SQL, so both engines agree. Proleptic Gregorian. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_DAY (INT64_C(86400) * US_PER_SECOND)
/* The whole country keeps UTC+5 since 1 March 2024; Aqtobe kept it before, too (tzdata Asia/Aqtobe
 * since 2004). Minutes east of UTC. */
enum { DAY_ZONE_MIN = 300 };

bool day_valid(int day); /* a day that exists, years 1000–9999 */
int day_make(int y, int m, int d);
static inline int
day_year(int day)
{
	return day / 10000;
}
static inline int
day_month(int day)
{
	return day / 100 % 100;
}
static inline int
day_dom(int day)
{
	return day % 100;
}
int64_t day_number(int day); /* days since 1970-01-01 */
int day_of_number(int64_t n);
int day_add(int day, int n);
int day_weekday(int day); /* 1 = Monday … 7 = Sunday (ISO 8601) */
int day_month_len(int y, int m);
int day_of_moment(int64_t us); /* local day */
int64_t day_start(int day);    /* first local moment of the day */
void moment_parts(int64_t us, int *day, int *hour, int *minute, int *second); /* local */
/* RFC 3339 in UTC, "2024-11-15T13:00:00Z"; out holds 32 bytes. */
void moment_rfc3339(int64_t us, char out[32]);
bool moment_parse_rfc3339(const char *s, int64_t *out);
/* A moment as people write it: RFC 3339, or a local day with an hour ("15.11.2024 18:00",
 * "2024-11-15 18:00:30"), or a day alone, which means its last second. */
bool moment_parse(const char *s, int64_t *out);
/* Exactly n digits at *s, advancing it; -1 otherwise. sscanf would take blanks and signs. */
int day_digits(const char **s, int n);
/* "2024-11-15" or "15.11.2024"; false if the form is wrong or the day does not exist. */
bool day_parse(const char *s, int *out);
void day_iso(int day, char out[16]); /* "2024-11-15"; "" for 0 */
int day_easter_orthodox(int year);   /* Meeus' Julian algorithm, shown as a Gregorian day */

#endif
